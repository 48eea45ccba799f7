import { instantFromIso, parseLocalDate } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { policies } from '../../test/documents';
import { familyOf, inLane } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';
import { LaneWork } from './lane-work.service';

/** Enough for several ranges of lanes. */
const FAMILIES = 230;
/** In nine lanes, three of each range. */
const families = Array.from({ length: FAMILIES }, (_, index) =>
  inLane(familyOf(index + 1), (index % 9) * 113),
);
const accountId = families[0]?.account.accountId ?? '';

let operator: TestOperator;
const desk = new Desk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  for (const family of families)
    await publishFamily(operator, { ...family, products: family.products.slice(0, 1) });
  await operator.settle();
}, 180_000);

afterAll(() => operator?.stop());

const decide = async (mutation: string, id: string, key: string, reason?: string) => {
  const withReason = reason === undefined ? '' : `, reason: ${JSON.stringify(reason)}`;
  const answer = await operator.graphql<Record<string, { state: string; pausedBy: string | null }>>(
    `mutation ($id: ID!, $key: String!) {
       ${mutation}(id: $id${withReason}, idempotencyKey: $key) { state pausedBy progress { done total } } }`,
    { id, key },
    'billing',
  );
  return answer.errors?.[0]?.extensions.code ?? answer.data?.[mutation];
};

const standing = async () =>
  operator.sql<{ state: string; count: string }>(
    `select state, count(*)::text as count from billing.bill group by state order by state`,
  );

describe('a run', () => {
  it('that is paused while it waits does not begin when its inputs come, and begins when it is resumed', async () => {
    await operator.moveClock('2026-07-01T06:00:00+08:00');
    const { id } = await desk.latestRun('2026-06');
    expect(await decide('pauseBillRun', id, 'pause')).toMatchObject({
      state: 'WAITING',
      pausedBy: 'test-billing',
    });
    expect(await decide('pauseBillRun', id, 'pause again')).toBe('bill_run_state');
    await closeSource(operator, '2026-07-01T00:00:00+08:00');
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'WAITING', accounts: 0 });
    expect(await decide('resumeBillRun', id, 'resume')).toMatchObject({ pausedBy: null });
    expect(await decide('resumeBillRun', id, 'resume again')).toBe('bill_run_state');
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'COMPLETED', accounts: FAMILIES, added: FAMILIES });
    expect(await standing()).toEqual([{ state: 'published', count: String(FAMILIES) }]);
    expect(await decide('cancelBillRun', id, 'too late', 'never mind')).toBe('bill_run_state');
  });

  it('is divided among ranges of lanes', async () => {
    const ranges = await operator.sql<{ accounts: number; is_through: boolean }>(
      `select accounts, is_through from billing.bill_run_range order by range_no`,
    );
    expect(ranges.map(({ is_through }) => is_through)).toEqual([true, true, true]);
    expect(ranges.reduce((sum, range) => sum + range.accounts, 0)).toBe(FAMILIES);
    expect(ranges.every(({ accounts }) => accounts > 0)).toBe(true);
  });

  it('stands still where it was paused, and cancelled leaves nothing behind', async () => {
    await operator.moveClock('2026-08-01T06:00:00+08:00');
    const { id } = await desk.latestRun('2026-07');
    await decide('pauseBillRun', id, 'pause-july');
    await closeSource(operator, '2026-08-01T00:00:00+08:00');
    await operator.settle();
    // One batch as a worker would do it, then the pause again: the run stands in the middle of drafting.
    await operator.sql(
      `update billing.bill_run set state = 'drafting', paused_by = null, due_accounts = $2 where run_id = $1`,
      [id, FAMILIES],
    );
    await operator.sql(
      `insert into billing.bill_run_range
       select $1, 0, 0, 1023, false, 0, null, '[]', 0, 0, 0, 0, 0`,
      [id],
    );
    expect(await operator.get(LaneWork).batch(id)).toBe('worked');
    await decide('pauseBillRun', id, 'pause-july-again');
    await operator.settle();
    const half = await desk.run(id);
    expect(half.state).toBe('DRAFTING');
    expect(half.added).toBeGreaterThan(0);
    await operator.settle();
    expect(await desk.run(id)).toEqual(half);
    expect(await decide('cancelBillRun', id, 'cancel', ' ')).toBe('reason_missing');
    expect(await decide('cancelBillRun', id, 'cancel july', 'wrong price')).toMatchObject({ pausedBy: null });
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'REJECTED' });
    expect(await standing()).toEqual([
      { state: 'published', count: String(FAMILIES) },
      { state: 'rejected', count: String(half.added) },
    ]);
    expect(await desk.bills(accountId)).toHaveLength(1);
  });

  it('waits for the run of the period before', async () => {
    await closeSource(operator, '2026-09-01T00:00:00+08:00');
    await operator.moveClock('2026-09-01T06:00:00+08:00');
    const august = await desk.latestRun('2026-08');
    expect(august).toMatchObject({ state: 'WAITING', waitingFor: [{ input: 'bill run of 2026-07' }] });
    const early = await desk.startRun({ period: '2026-08' }, 'august');
    expect(early.errors?.[0]?.extensions.code).toBe('inputs_not_closed');
    const open = await desk.startRun({ period: '2026-09', force: true, reason: 'soon' }, 'september');
    expect(open.errors?.[0]?.extensions.code).toBe('period_not_ended');
    await desk.startRun({ period: '2026-07' }, 'july');
    await operator.settle();
    expect(await desk.run(august.id)).toMatchObject({ state: 'COMPLETED', added: FAMILIES });
    expect((await desk.bills(accountId)).map(({ period }) => period)).toEqual([
      '2026-08',
      '2026-07',
      '2026-06',
    ]);
  });
});

describe('a policy that wants a second person', () => {
  it('has a run wait for somebody else than who asked for it', async () => {
    const billing = policies.find(({ kind }) => kind === 'billing');
    if (billing?.kind !== 'billing') throw new Error('no billing policy');
    const document = {
      ...billing,
      version: billing.version + 1,
      confirmation: 'second-person' as const,
      effectiveFrom: parseLocalDate('2026-09-01'),
    };
    const { code, version } = document;
    const publishedAt = instantFromIso('2026-09-01T00:00:00+08:00');
    const payload = { code, version, document, publishedAt };
    await operator.publish('policy.published.v1', { aggregateId: code, lane: 0, version, payload });
    await closeSource(operator, '2026-10-01T00:00:00+08:00');
    await operator.moveClock('2026-10-01T06:00:00+08:00');
    const scheduled = await desk.latestRun('2026-09');
    expect(scheduled.state).toBe('AWAITING_CONFIRMATION');
    expect(await decide('rejectBillRun', scheduled.id, 'reject', 'a trial')).toMatchObject({
      state: 'REJECTING',
    });
    await operator.settle();
    const { data } = await desk.startRun({ period: '2026-09' }, 'by hand');
    const id = data?.startBillRun.id ?? '';
    await operator.settle();
    expect(await decide('confirmBillRun', id, 'own')).toBe('second_person_needed');
    await operator.sql(`update billing.bill_run set requested_by = 'ann' where run_id = $1`, [id]);
    expect(await decide('confirmBillRun', id, 'other')).toMatchObject({ state: 'NUMBERING' });
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'COMPLETED', added: FAMILIES });
  });
});

it('passes its own audit after all that', async () => {
  const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
