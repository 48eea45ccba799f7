import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AccountOpened,
  OfferDocument,
  PolicyDocument,
  ProductRole,
  ProductState,
} from '@ronghe/contracts';
import { instantFromIso, laneOf, newId, type Instant } from '@ronghe/kernel';
import type { TestOperator } from '@ronghe/testing';

const testdata = join(__dirname, '../../../testdata');
export const usageHeader = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';

/** What a family in a test owns: its account and its products by card. */
export interface Family {
  account: AccountOpened;
  products: Record<string, ProductState>;
  numberOf(card: string): string;
}

/** Publishes the offers and the usage mapping that every test needs. */
export async function publishDocuments(operator: TestOperator): Promise<void> {
  const { offers, policies } = JSON.parse(
    readFileSync(join(testdata, 'charging/documents.json'), 'utf8'),
  ) as {
    offers: OfferDocument[];
    policies: PolicyDocument[];
  };
  const publishedAt = instantFromIso('2026-01-01T00:00:00+08:00');
  for (const document of offers) {
    const { code, version } = document;
    const payload = { code, version, document, publishedAt };
    await operator.publish('offering.published.v1', {
      aggregateId: code,
      lane: laneOf(code),
      version,
      payload,
    });
  }
  for (const document of policies) {
    const { code, version } = document;
    const payload = { code, version, document, publishedAt };
    await operator.publish('policy.published.v1', {
      aggregateId: code,
      lane: laneOf(code),
      version,
      payload,
    });
  }
}

/** Opens an account, as the customer domain would say it. */
export async function openAccount(
  operator: TestOperator,
  more: Partial<AccountOpened> = {},
): Promise<AccountOpened> {
  const balanceGroupId = newId();
  const account: AccountOpened = {
    accountId: newId(),
    customerId: newId(),
    balanceGroupId,
    lane: laneOf(balanceGroupId),
    zone: 'Asia/Shanghai',
    billDay: 1,
    paymentMode: 'postpaid',
    openedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
    ...more,
  };
  const { accountId, lane } = account;
  await operator.publish('account.opened.v1', { aggregateId: accountId, lane, payload: account });
  return account;
}

const offeringOf: Record<string, string> = {
  main: 'mobile-5g-199',
  sub: 'sub-card',
  broadband: 'broadband-line',
  iptv: 'iptv-set',
  fixed: 'fixed-line',
};

let nextNumber = 13_900_000_000;

/**
 * Sells the convergent bundle: cards like `main`, `sub1`, `broadband`, `fixed`, `iptv`. The products become active one
 * after the other, as ordering publishes them.
 */
export async function sellFamily(
  operator: TestOperator,
  cards: readonly string[],
  options: {
    from?: string;
    bundle?: boolean;
    online?: string[];
    /** What those cards are charged for online. */
    onlineClasses?: string[];
    account?: Partial<AccountOpened>;
    number?: string;
  } = {},
): Promise<Family> {
  const account = await openAccount(operator, options.account);
  const effectiveFrom = instantFromIso(options.from ?? '2026-06-11T00:00:00+08:00');
  const bundleId = options.bundle === false ? null : newId();
  const orderId = newId();
  const mainId = newId();
  const products: Family['products'] = {};
  for (const card of cards) {
    const role = card.replace(/\d+$/, '') as ProductRole;
    const productId = role === 'main' ? mainId : newId();
    const number = options.number ?? `86${(nextNumber += 1)}`;
    const state: ProductState = {
      productId,
      customerId: account.customerId,
      accountId: account.accountId,
      lane: account.lane,
      orderId,
      offeringCode: offeringOf[role] ?? '',
      offeringVersion: 1,
      role,
      card,
      bundleId,
      bundleOfferingCode: bundleId && 'convergent-199',
      bundleOfferingVersion: bundleId === null ? null : 1,
      cardGroupId: role === 'sub' ? mainId : productId,
      resources: resourcesOf(role, number),
      onlineClasses: options.online?.includes(card) ? (options.onlineClasses ?? ['data']) : [],
      effectiveFrom,
      effectiveTo: null,
    };
    products[card] = state;
    await operator.publish('product.activated.v1', {
      aggregateId: productId,
      lane: account.lane,
      payload: state,
    });
  }
  return { account, products, numberOf: (card) => products[card]?.resources[0]?.value ?? card };
}

function resourcesOf(role: ProductRole, number: string): ProductState['resources'] {
  if (role === 'fixed') return [{ resourceId: newId(), kind: 'fixed_number', value: number }];
  if (role !== 'main' && role !== 'sub') return [];
  const attributes = { imsi: imsiOf(number) };
  return [
    { resourceId: newId(), kind: 'mobile_number', value: number },
    { resourceId: newId(), kind: 'sim', value: `8986032${number}`, attributes },
  ];
}

/** The IMSI of the SIM that goes with a number. */
export function imsiOf(number: string): string {
  return `46003${number.slice(-10)}`;
}

/** Ends products, as ordering publishes it. */
export async function terminate(
  operator: TestOperator,
  family: Family,
  cards: readonly string[],
  at: Instant,
): Promise<void> {
  for (const card of cards) {
    const product = family.products[card];
    if (!product) throw new Error(`no ${card}`);
    const payload = { ...product, effectiveTo: at };
    family.products[card] = payload;
    const { productId, lane } = product;
    await operator.publish('product.terminated.v1', { aggregateId: productId, lane, version: 2, payload });
  }
}

/** Moves a card to another offer, as ordering publishes it. */
export async function changeOffer(
  operator: TestOperator,
  family: Family,
  card: string,
  { code, from }: { code: string; from: Instant },
): Promise<void> {
  const before = family.products[card];
  if (!before) throw new Error(`no ${card}`);
  const { offeringCode, offeringVersion, role, bundleId, bundleOfferingCode, bundleOfferingVersion } = before;
  const terms = { offeringCode, offeringVersion, role, bundleId, bundleOfferingCode, bundleOfferingVersion };
  const payload: ProductState = {
    ...{ ...before, offeringCode: code, changedFrom: from },
    earlierTerms: [{ ...terms, from: before.effectiveFrom, to: from }],
  };
  const { productId, lane } = before;
  await operator.publish('product.changed.v1', { aggregateId: productId, lane, version: 2, payload });
}

/** A file of records; `number` may be a card of the family. */
export function usageCsv(records: readonly string[], family?: Family): string {
  const lines = records.map((record) => {
    const cells = record.split(',');
    if (family && cells[2] !== undefined)
      cells[2] = family.products[cells[2]] ? family.numberOf(cells[2]) : cells[2];
    return cells.join(',');
  });
  return [usageHeader, ...lines, ''].join('\n');
}

/** What GET /usage/files/{id} says. */
export interface FileBody {
  fileId: string;
  state: string;
  reason: string | null;
  read: number;
  rated: number;
  duplicates: number;
  suspended: number;
  reconciled: number;
}

/** Uploads a file and waits until it is collected and everything is rated. */
export async function deliver(operator: TestOperator, csv: string, name = 'usage.csv'): Promise<FileBody> {
  const answer = await operator.rest('POST', `/usage/files?source=mediation&name=${name}`, csv, {
    headers: { 'content-type': 'text/csv' },
  });
  if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
  const { fileId } = answer.body as { fileId: string };
  await operator.settle();
  return (await operator.rest('GET', `/usage/files/${fileId}`)).body as FileBody;
}

/** Until somebody waits for a lock that another transaction holds. */
export async function waitsForLock(operator: TestOperator): Promise<void> {
  for (;;) {
    const rows = await operator.sql(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The golden family's records, by card. */
export function goldenRecords(): string[] {
  return readFileSync(join(testdata, 'golden/usage.csv'), 'utf8').trim().split('\n').slice(1);
}

/**
 * The control totals of charging that do not agree, and buckets that were written later than the row of their group and period:
 * there are none, since memories of groups go by that row alone.
 */
export async function auditDifferences(operator: TestOperator): Promise<unknown[]> {
  const answer = await operator.rest('POST', '/audit');
  const ahead = await operator.sql(
    `select b.card_group_id, b.period, b.code from charging.bucket b
     join charging.group_period g using (lane, card_group_id, period)
     where b.xmin::text::bigint > g.xmin::text::bigint`,
  );
  return [...(answer.body as { differences: unknown[] }).differences, ...ahead];
}

/** Rated usage by record id: what it came to. */
export async function ratedByRecord(operator: TestOperator): Promise<Record<string, string>> {
  const rows = await operator.sql<{ record_id: string; amount: string; takes: [string, string][] }>(
    'select record_id, amount, takes from charging.rated_usage order by record_id',
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.record_id,
      `${row.amount} ${row.takes.map(([code, units]) => `${code}:${units}`).join(' ')}`,
    ]),
  );
}

/** Says that a product may spend so many yuan (null: as much as it likes); what it answers, or its error's code. */
export async function capSpending(
  operator: TestOperator,
  productId: string,
  amount: string | null,
  more: object = {},
): Promise<unknown> {
  const input = { productId, amount, per: 'PERIOD', atLimit: 'BLOCK', reason: 'wish', ...more };
  const answer = await operator.graphql(
    `mutation ($input: SetSpendCapInput!, $key: String!) {
      setSpendCap(input: $input, idempotencyKey: $key) { amount per atLimit span spent isReached } }`,
    { input, key: newId() },
  );
  return answer.errors?.[0]?.extensions?.['code'] ?? (answer.data as { setSpendCap: unknown }).setSpendCap;
}

/** What products are counted to have spent: `DAY MICRO-YUAN`, ordered; of all where none is named. */
export async function countedSpending(operator: TestOperator, productId?: string): Promise<string[]> {
  const rows = await operator.sql<{ row: string }>(
    `select day.key || ' ' || day.value as row from charging.group_period g, jsonb_each(g.spent) as product,
       jsonb_each_text(product.value) as day where $1::text is null or product.key = $1 order by 1`,
    [productId ?? null],
  );
  return rows.map(({ row }) => row);
}
