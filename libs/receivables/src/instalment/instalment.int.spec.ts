import { startOperator, type TestOperator } from '@ronghe/testing';
import { LedgerDesk } from '../ledger-desk.fixture';
import { receivablesDomain } from '../index';

let operator: TestOperator;
let desk: LedgerDesk;
let accountId: string;

beforeEach(async () => {
  operator = await startOperator({ domains: [receivablesDomain], startsAt: '2026-07-20T10:00:00+08:00' });
  desk = new LedgerDesk(operator);
  accountId = await desk.openAccount();
});
afterEach(async () => {
  expect(await desk.differences()).toEqual([]);
  await operator?.stop();
});

const fields = 'planId state parts { dueOn amount } bills { id } endedAt';
const parts = [
  { dueOn: '2026-08-01', amount: '50.00' },
  { dueOn: '2026-09-01', amount: '30.00' },
];
const plan = () => desk.command('createInstalmentPlan', { accountId, parts }, { fields });
const planState = async () => {
  const [row] = await operator.sql<{ state: string }>(
    `select state from receivables.instalment_plan where account_id = $1`,
    [accountId],
  );
  return row?.state;
};

it('is not late while it is kept, and ends when the last part is paid', async () => {
  const bill = await desk.bill(accountId, 8000n);
  await desk.bill(accountId, 999n, '2026-09-15');
  const { answer } = await plan();
  expect(answer).toMatchObject({ state: 'ACTIVE', parts, bills: [{ id: bill.billId }], endedAt: null });
  expect((await desk.ledger(accountId)).instalment[bill.number]).toBe('80.00');
  expect((await plan()).error).toBe('instalment_plan_active');
  await desk.pay(accountId, '50.00');
  await operator.moveClock('2026-08-20T00:00:00+08:00');
  expect((await desk.ledger(accountId)).instalment[bill.number]).toBe('30.00');
  await desk.pay(accountId, '30.00');
  await operator.moveClock('2026-09-02T00:00:00+08:00');
  expect(await planState()).toBe('kept');
});

it('falls due at once on the day after a part that was not paid', async () => {
  const { number } = await desk.bill(accountId, 8000n);
  await plan();
  await desk.pay(accountId, '49.99');
  await operator.moveClock('2026-08-01T23:59:59+08:00');
  expect([await planState(), (await desk.ledger(accountId)).instalment[number]]).toEqual(['active', '30.01']);
  await operator.moveClock('2026-08-02T00:00:00+08:00');
  expect([await planState(), (await desk.ledger(accountId)).instalment[number]]).toEqual(['broken', '0.00']);
});

it('is refused where its parts are not what is late, and can be cancelled', async () => {
  expect((await plan()).error).toBe('nothing_overdue');
  const { number } = await desk.bill(accountId, 8001n);
  expect((await plan()).error).toBe('instalment_sum_differs');
  await desk.pay(accountId, '0.01');
  await plan();
  const { answer } = await desk.command('cancelInstalmentPlan', { accountId, reason: 'asked' }, { fields });
  expect(answer).toMatchObject({ state: 'CANCELLED' });
  expect((await desk.ledger(accountId)).instalment[number]).toBe('0.00');
  const again = await desk.command('cancelInstalmentPlan', { accountId, reason: 'asked' }, { fields });
  expect(again.error).toBe('instalment_plan_not_active');
});
