import type { Events, EventType, UsageTotal } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { offers, policies } from './documents';
import { afterAugust, type Family } from './golden-family';

/** Whoever can put a fact into its producer's outbox: a test's operator. */
export interface Publisher {
  publish<T extends EventType>(
    type: T,
    event: { aggregateId: string; lane: number; version?: number; payload: Events[T] },
  ): Promise<void>;
}

const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');

/** What catalog says: offers in a version, and with the first one the policies. */
export async function publishDocuments(operator: Publisher, version = 1): Promise<void> {
  for (const document of offers) {
    const { code } = document;
    await operator.publish('offering.published.v1', {
      aggregateId: `${code}/${version}`,
      lane: 0,
      payload: { code, version, document: { ...document, version }, publishedAt },
    });
  }
  if (version > 1) return;
  for (const document of policies) {
    const { code } = document;
    const payload = { code, version, document, publishedAt };
    await operator.publish('policy.published.v1', { aggregateId: code, lane: 0, payload });
  }
}

/** What customer and ordering say of a family that has just been sold its bundle. */
export async function publishFamily(operator: Publisher, { account, products, lane }: Family): Promise<void> {
  await operator.publish('account.opened.v1', { aggregateId: account.accountId, lane, payload: account });
  for (const payload of products) {
    await operator.publish('product.activated.v1', { aggregateId: payload.productId, lane, payload });
  }
}

/** The broadband line and the IPTV set are given up on 16 August. */
export async function publishAugust(operator: Publisher, { products, lane }: Family): Promise<void> {
  for (const payload of afterAugust(products).filter((product) => product.effectiveTo !== null)) {
    const fact = { aggregateId: payload.productId, lane, version: 2, payload };
    await operator.publish('product.terminated.v1', fact);
  }
}

/** Charging's totals of a family and period. */
export async function publishUsage(
  operator: Publisher,
  { account: { accountId }, lane }: Family,
  statement: { period: string; version: number; totals: UsageTotal[] },
): Promise<void> {
  const { period, version, totals } = statement;
  const payload = { accountId, period, totals };
  const fact = { aggregateId: `${accountId}/${period}`, lane, version, payload };
  await operator.publish('usage-totals.published.v1', fact);
}

/** The usage source has delivered everything before the instant. */
export async function closeSource(operator: Publisher, through: string): Promise<void> {
  const payload = { source: 'mediation', through: instantFromIso(through) };
  await operator.publish('usage-source.closed.v1', { aggregateId: 'mediation', lane: 0, payload });
}
