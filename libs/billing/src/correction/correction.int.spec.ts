import type { OfferDocument } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { offers } from '../../test/documents';
import { Desk } from '../../test/desk';
import { familyOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

/** A fee that was published wrong, billed, mended: the next bill has the difference, once. */

const family = familyOf(1);
const { accountId } = family.account;

let operator: TestOperator;
const desk = new Desk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishFamily(operator, family);
  await runThrough('2026-08-01');
});
afterAll(() => operator?.stop());

async function runThrough(day: string): Promise<void> {
  await closeSource(operator, `${day}T00:00:00+08:00`);
  await operator.moveClock(`${day}T06:00:00+08:00`);
  await operator.settle();
}

/** Version `version` of the sub card, which mends the one before and costs `amount` a month. */
async function publishMended(version: number, amount: string): Promise<void> {
  const card = offers.find(({ code }) => code === 'sub-card');
  if (!card) throw new Error('there is no sub card');
  const recurringPrices = card.recurringPrices.map((price) => ({ ...price, amount }));
  const document: OfferDocument = { ...card, version, corrects: version - 1, recurringPrices };
  const payload = { code: card.code, version, document, publishedAt: instantFromIso('2026-08-01T00:00:00Z') };
  await operator.publish('offering.published.v1', { aggregateId: `sub-card/${version}`, lane: 0, payload });
  await operator.settle();
}

async function netsOf(period: string): Promise<string[]> {
  const query = `query ($id: ID!) { bills(accountId: $id) { nodes { period lines { card servicePeriod net
    explanation { result } } } } }`;
  interface Nodes {
    period: string;
    lines: { card: string; servicePeriod: string; net: string; explanation: { result: string } }[];
  }
  const { bills } = await desk.ask<{ bills: { nodes: Nodes[] } }>(query, { id: accountId }, 'counter');
  const lines = bills.nodes.find((bill) => bill.period === period)?.lines ?? [];
  for (const line of lines) expect(line.explanation.result).toBe(line.net);
  return lines
    .filter(({ card }) => card.startsWith('sub'))
    .map(({ card, servicePeriod, net }) => `${card} ${servicePeriod} ${net}`)
    .sort();
}

it('gives back on the next bill what a lower fee would not have cost, period by period', async () => {
  expect(await netsOf('2026-06')).toEqual(['sub1 2026-06 6.67', 'sub2 2026-06 6.67']);
  expect(await netsOf('2026-07')).toEqual(['sub1 2026-07 10.00', 'sub2 2026-07 10.00']);
  await publishMended(2, '7.00');
  await runThrough('2026-09-01');
  // Twenty of thirty days of 7.00 are 4.67.
  expect(await netsOf('2026-08')).toEqual([
    ...['sub1 2026-06 -2.00', 'sub1 2026-07 -3.00', 'sub1 2026-08 7.00'],
    ...['sub2 2026-06 -2.00', 'sub2 2026-07 -3.00', 'sub2 2026-08 7.00'],
  ]);
});

it('charges what a correction of the correction makes dearer, and only once', async () => {
  await publishMended(3, '8.00');
  await publishMended(3, '8.00');
  await runThrough('2026-10-01');
  // 5.33 for June instead of 4.67.
  expect((await netsOf('2026-09')).filter((line) => line.startsWith('sub1'))).toEqual([
    ...['sub1 2026-06 0.66', 'sub1 2026-07 1.00', 'sub1 2026-08 1.00', 'sub1 2026-09 8.00'],
  ]);
  await runThrough('2026-11-01');
  expect(await netsOf('2026-10')).toEqual(['sub1 2026-10 8.00', 'sub2 2026-10 8.00']);
});

it('has looked at every lane', async () => {
  const rows = await operator.sql<{ version: number; next_lane: number; is_done: boolean }>(
    `select version, next_lane, finished_at is not null as is_done from billing.correction order by version`,
  );
  expect(rows).toEqual([2, 3].map((version) => ({ version, next_lane: 1024, is_done: true })));
});

it('passes the audit', async () => {
  const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
