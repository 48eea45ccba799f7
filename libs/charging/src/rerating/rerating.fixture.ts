import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfferDocument } from '@ronghe/contracts';
import { instantFromIso, laneOf } from '@ronghe/kernel';
import type { GraphQLAnswer, TestOperator } from '@ronghe/testing';
import type { Rerating } from '../generated/graphql';

/** The plan that every family's cards are priced by. */
export const PLAN = 'mobile-5g-199';

/** A document of the test catalog. */
export function offerOf(code: string): OfferDocument {
  const { offers } = JSON.parse(
    readFileSync(join(__dirname, '../../../../testdata/charging/documents.json'), 'utf8'),
  ) as { offers: OfferDocument[] };
  const offer = offers.find((each) => each.code === code);
  if (!offer) throw new Error(`no ${code}`);
  return offer;
}

/** Version 2 of the plan, which mends version 1: another price a minute. */
export function corrected(amount: string, more: Partial<OfferDocument> = {}): OfferDocument {
  const plan = offerOf(PLAN);
  return {
    ...plan,
    version: 2,
    corrects: 1,
    usagePrices: plan.usagePrices.map((price) =>
      price.code === 'voice-out'
        ? { ...price, model: { kind: 'per-unit', price: { amount, per: '1' } } }
        : price,
    ),
    ...more,
  };
}

/** Tells charging of an offer, as the catalog does. */
export async function publishOffer(operator: TestOperator, document: OfferDocument): Promise<void> {
  const { code, version } = document;
  await operator.publish('offering.published.v1', {
    aggregateId: code,
    lane: laneOf(code),
    version,
    payload: { code, version, document, publishedAt: instantFromIso('2026-07-02T00:00:00+08:00') },
  });
  await operator.settle();
}

const FIELDS = `reratingId state outOfDate progress { done total secondsLeft }
  summary { accounts periods applied recomputed problems events changed before after delta }
  charges { chargeCode changed before after delta }
  deltas(first: 100) { edges { node { accountId period card chargeCode pricedBefore pricedAfter changed unitsBefore
    unitsAfter before after delta } } pageInfo { hasNextPage } }
  problems { accountId period reason }`;

let keys = 0;

/** Asks for a preview and waits for it. */
export async function preview(operator: TestOperator, input: object): Promise<Rerating> {
  const answer = await operator.graphql<{ previewRerating: Rerating }>(
    `mutation ($input: ReratingInput!, $key: String!) {
       previewRerating(input: $input, idempotencyKey: $key) { reratingId state } }`,
    { input: { reason: 'a wrong tariff', ...input }, key: `preview ${(keys += 1)}` },
    'billing',
  );
  const { reratingId } = dataOf(answer).previewRerating;
  await operator.settle();
  return look(operator, reratingId);
}

/** Gives a command on a re-rating and waits until it has been carried out. */
export async function command(
  operator: TestOperator,
  name: 'applyRerating' | 'previewReratingAgain' | 'cancelRerating',
  reratingId: string,
): Promise<Rerating> {
  dataOf(await give(operator, name, reratingId));
  await operator.settle();
  return look(operator, reratingId);
}

/** Gives a command on a re-rating; the answer may be a refusal. */
export function give(
  operator: TestOperator,
  name: string,
  reratingId: string,
): Promise<GraphQLAnswer<unknown>> {
  return operator.graphql(
    `mutation ($id: ID!, $key: String!) { ${name}(reratingId: $id, idempotencyKey: $key) { state } }`,
    { id: reratingId, key: `${name} ${(keys += 1)}` },
    'billing',
  );
}

/** A re-rating as it stands. */
export async function look(operator: TestOperator, reratingId: string): Promise<Rerating> {
  const answer = await operator.graphql<{ rerating: Rerating | null }>(
    `query ($id: ID!) { rerating(reratingId: $id) { ${FIELDS} } }`,
    { id: reratingId },
    'billing',
  );
  const { rerating } = dataOf(answer);
  if (!rerating) throw new Error('no such re-rating');
  return rerating;
}

/** A text that changes when anything that was rated, or is spendable, or was told to billing, changes. */
export async function ratingHash(operator: TestOperator): Promise<string> {
  const tables = [
    ...['rated_usage', 'usage_total', 'group_period', 'bucket', 'bucket_entry', 'rerate', 'account_period'],
    ...['money_bucket', 'money_entry', 'outbox'],
  ];
  const parts = tables.map(
    (table) => `(select md5(string_agg(r::text, '|' order by r::text)) from charging.${table} r) as ${table}`,
  );
  const [row] = await operator.sql(`select ${parts.join(', ')}`);
  return JSON.stringify(row);
}

function dataOf<T>({ data, errors }: GraphQLAnswer<T>): T {
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data;
}
