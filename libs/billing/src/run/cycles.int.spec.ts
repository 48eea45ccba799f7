import { billPeriodAt, instantFromIso, laneOf } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { familyOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily } from '../../test/publish';
import { billingDomain } from '../index';

/** R9 of SEMANTICS §11 on PostgreSQL; 36 months of it are in the kernel's bill-period.spec and in bill/three-years.spec. */
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
const BILL_DAYS = [1, 28, 29, 30, 31];
const OPENED = instantFromIso('2026-01-15T08:00:00Z');
const cycles = ZONES.flatMap((zone) => BILL_DAYS.map((billDay) => ({ zone, billDay })));
const families = cycles.map((cycle, at) => {
  const { account, products } = familyOf(at + 1);
  const [product] = products;
  if (!product) throw new Error('a family without products');
  return {
    cycle,
    account: { ...account, ...cycle, openedAt: OPENED },
    products: [{ ...product, effectiveFrom: OPENED }],
    lane: laneOf(account.balanceGroupId),
  };
});

let operator: TestOperator;

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-05-31T12:00:00Z' });
  await publishDocuments(operator);
  await closeSource(operator, '2027-01-01T00:00:00Z');
  for (const family of families) await publishFamily(operator, family);
  await operator.settle();
}, 120_000);

afterAll(() => operator?.stop());

it('catches up on what it slept through, cycle by cycle, in order and never twice', async () => {
  await operator.moveClock('2026-08-02T12:00:00Z');
  const runs = await operator.sql<{ zone: string; bill_day: number; periods: string[]; states: string[] }>(
    `select zone, bill_day, array_agg(period order by completed_at, run_id) as periods,
            array_agg(distinct state) as states
     from billing.bill_run group by zone, bill_day`,
  );
  expect(runs).toHaveLength(cycles.length);
  for (const { zone, bill_day, periods, states } of runs) {
    const first = billPeriodAt(OPENED, { zone, billDay: bill_day }).key;
    const all = ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07'];
    const last = bill_day === 1 ? '2026-07' : '2026-06';
    expect([zone, bill_day, periods]).toEqual([
      zone,
      bill_day,
      all.filter((period) => period >= first && period <= last),
    ]);
    expect(states).toEqual(['completed']);
  }
});

it.each(families)('leaves no gap and no overlap: $cycle.billDay, $cycle.zone', async ({ account, cycle }) => {
  const bills = await operator.sql<{ period: string; period_from: Date; period_to: Date }>(
    `select period, period_from, period_to from billing.bill where account_id = $1 order by period`,
    [account.accountId],
  );
  const [first] = bills;
  expect(first?.period_from.toISOString()).toBe(billPeriodAt(OPENED, cycle).from);
  expect(bills.slice(1).map(({ period_from }) => period_from)).toEqual(
    bills.slice(0, -1).map(({ period_to }) => period_to),
  );
  expect(bills.length).toBeGreaterThanOrEqual(6);
});
