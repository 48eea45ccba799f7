import type { AccountRelationTerms, OfferDocument } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { offers } from '../../test/documents';
import { usageTotalsOf, type Family } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { familiesInOneLane, publishRelation, relationOf } from '../../test/tied-accounts';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

/**
 * Accounts that are tied while a run is half through them: one is billed, the other waits in quarantine. Nobody is stuck,
 * nobody billed twice, and the next run writes what passes between the two.
 */

const [employer, employee] = familiesInOneLane(61, 62) as [Family, Family];
const terms: AccountRelationTerms = {
  kind: 'sponsorship',
  percent: '60',
  limit: null,
  chargeClasses: ['plan fee'],
  productIds: null,
  priority: 100,
};

let operator: TestOperator;
const desk = new Desk(() => operator);

async function runThrough(day: string): Promise<void> {
  await closeSource(operator, `${day}T00:00:00+08:00`);
  await operator.moveClock(`${day}T06:00:00+08:00`);
  await operator.settle();
}

/** An offer that costs nothing, and that nobody has published when the first run needs it. */
const late: OfferDocument = {
  ...(offers.find(({ code }) => code === 'broadband') as OfferDocument),
  code: 'late',
};

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  for (const family of [employer, employee]) await publishFamily(operator, family);
  await runThrough('2026-07-01');
  const [sample] = employee.products;
  if (!sample) throw new Error('the family has no product');
  const product = {
    ...{ ...sample, productId: '00000000-0000-7000-8000-000000006299', card: 'late', offeringCode: 'late' },
    ...{ role: 'alone' as const, bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null },
    effectiveFrom: instantFromIso('2026-07-10T00:00:00+08:00'),
  };
  const fact = { aggregateId: product.productId, lane: employee.lane, payload: product };
  await operator.publish('product.activated.v1', fact);
  await runThrough('2026-08-01');
});
afterAll(() => operator?.stop());

async function totalsOf({ account: { accountId } }: Family): Promise<Record<string, string>> {
  const bills = await desk.bills(accountId);
  return Object.fromEntries(bills.map(({ period, total }) => [period, total]));
}

it('bills the one that can be billed, and keeps the other in quarantine', async () => {
  expect(await desk.latestRun('2026-07')).toMatchObject({ quarantine: [{ code: 'offer_unknown' }] });
  expect((await totalsOf(employer))['2026-07']).toBe('189.00');
  expect((await totalsOf(employee))['2026-07']).toBeUndefined();
});

it('bills the other alone when it is released after both were tied', async () => {
  await publishRelation(operator, relationOf(61, [employer, employee], terms, ['2026-07-01']));
  const payload = {
    code: 'late',
    version: 1,
    document: late,
    publishedAt: instantFromIso('2026-08-01T00:00:00Z'),
  };
  await operator.publish('offering.published.v1', { aggregateId: 'late/1', lane: 0, payload });
  await operator.settle();
  const [usage] = usageTotalsOf(employee, '2026-06');
  if (!usage) throw new Error('the family has no usage');
  const totals = [{ ...usage, amount: '10.00' }];
  await publishUsage(operator, employee, { period: '2026-06', version: 1, totals });
  await operator.settle();
  const { id } = await desk.latestRun('2026-07');
  const mutation = `mutation ($run: ID!, $account: ID!) {
    releaseQuarantine(runId: $run, accountId: $account, idempotencyKey: "released") { id } }`;
  await desk.ask(mutation, { run: id, account: employee.account.accountId }, 'billing');
  await operator.settle();
  expect(await desk.run(id)).toMatchObject({ state: 'COMPLETED', quarantined: 0 });
  expect((await totalsOf(employee))['2026-07']).toBe('189.00');
});

it('writes with the next run what passes between them, once', async () => {
  await runThrough('2026-09-01');
  // 189.00 and 60 % of 159.00 = 95.40 for August, and 95.40 for July; late usage of June, which waited, is the member's.
  expect((await totalsOf(employer))['2026-08']).toBe('379.80');
  expect((await totalsOf(employee))['2026-08']).toBe('8.20');
  await publishRelation(
    operator,
    relationOf(61, [employer, employee], terms, ['2026-07-01', '2026-09-01']),
    2,
  );
  await runThrough('2026-10-01');
  expect([(await totalsOf(employer))['2026-09'], (await totalsOf(employee))['2026-09']]).toEqual([
    '189.00',
    '189.00',
  ]);
});

it('passes the audit', async () => {
  const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
