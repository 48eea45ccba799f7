import { billPeriodAt, instantFromIso, laneOf, nextBillPeriod } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { familyOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily } from '../../test/publish';
import { billingDomain } from '../index';

/** R9 of SEMANTICS §11 on PostgreSQL; the days are in the kernel's bill-period.spec, the fees in bill/three-years.spec. */
const MONTHS = 36;
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
const BILL_DAYS = [1, 28, 29, 30, 31];
/** A minute on an idle machine. */
const TIMEOUT_MS = 900_000;
const POLL_MS = 200;
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

/** However long it takes: the suite's own limit decides, not the clock's patience with work that goes on. */
async function untilCompleted(count: number): Promise<void> {
  for (;;) {
    const [row] = await operator.sql<{ completed: number }>(
      `select count(*)::integer as completed from billing.bill_run where state = 'completed'`,
    );
    if (row?.completed === count) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

beforeAll(async () => {
  // Everything of 36 months is overdue at once: 540 runs.
  operator = await startOperator({ domains: [billingDomain], startsAt: '2029-01-16T12:00:00Z' });
  await publishDocuments(operator);
  await closeSource(operator, '2030-01-01T00:00:00Z');
  for (const family of families) await publishFamily(operator, family);
  await untilCompleted(cycles.length * MONTHS);
}, TIMEOUT_MS);

afterAll(() => operator?.stop());

it('catches up on what it slept through, cycle by cycle, in order and never twice', async () => {
  const runs = await operator.sql<{ zone: string; bill_day: number; periods: string[]; states: string[] }>(
    `select zone, bill_day, array_agg(period order by completed_at, run_id) as periods,
            array_agg(distinct state) as states
     from billing.bill_run group by zone, bill_day`,
  );
  expect(runs).toHaveLength(cycles.length);
  for (const { zone, bill_day: billDay, periods, states } of runs) {
    const expected: string[] = [];
    for (let period = billPeriodAt(OPENED, { zone, billDay }); expected.length < MONTHS;) {
      expected.push(period.key);
      period = nextBillPeriod(period, { zone, billDay });
    }
    expect([zone, billDay, periods]).toEqual([zone, billDay, expected]);
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
  expect(bills).toHaveLength(MONTHS);
});
