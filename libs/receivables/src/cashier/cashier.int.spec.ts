import { startOperator, type TestOperator } from '@ronghe/testing';
import { receivablesDomain } from '../index';
import { LedgerDesk } from '../ledger-desk.fixture';

let operator: TestOperator;
let desk: LedgerDesk;
let accountId: string;

interface Shift {
  shiftId: string;
  state: string;
  expected: string | null;
  difference: string | null;
  receipts: { number: string; kind: string; amount: string }[];
}

const fields = 'shiftId state expected difference receipts { number kind amount }';

async function ask(call: string, role: 'counter' | 'billing' = 'counter', answer = `{ ${fields} }`) {
  const { data, errors } = await operator.graphql<Record<string, Shift>>(
    `mutation { ${call} ${answer} }`,
    {},
    role,
  );
  return { shift: Object.values(data ?? {})[0], error: errors?.[0]?.extensions.code };
}

async function listed(): Promise<Shift[]> {
  const query = `{ cashierShifts { ${fields} } }`;
  const { data } = await operator.graphql<{ cashierShifts: Shift[] }>(query, {}, 'billing');
  return data?.cashierShifts ?? [];
}

beforeAll(async () => {
  operator = await startOperator({ domains: [receivablesDomain], startsAt: '2026-07-20T09:00:00+08:00' });
  desk = new LedgerDesk(operator);
  accountId = await desk.openAccount();
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await desk.differences()).toEqual([]);
});

it('takes cash without a shift, unless a till says that shifts are needed', async () => {
  await desk.pay(accountId, '10.00');
  await ask('requireCashierShift(till: "HALL1", needed: true, idempotencyKey: "need")', 'billing', '');
  const input = { accountId, amount: '10.00', method: 'CASH' };
  expect((await desk.command('recordPayment', input, { fields: 'paymentId' })).error).toBe(
    'cashier_shift_missing',
  );
  const card = { ...input, method: 'CARD' };
  expect((await desk.command('recordPayment', card, { fields: 'paymentId' })).error).toBeNull();
});

it('numbers what the clerk takes and pays out, and expects it in the till', async () => {
  const opened = await ask('openCashierShift(till: "HALL1", float: "200.00", idempotencyKey: "open")');
  expect(opened.shift?.state).toBe('open');
  expect((await ask('openCashierShift(till: "HALL2", float: "0.00", idempotencyKey: "twice")')).error).toBe(
    'cashier_shift_open',
  );
  await desk.pay(accountId, '109.00');
  await desk.command('takeDeposit', { accountId, amount: '20.00', method: 'CASH' });
  await desk.command('refund', { accountId, amount: '9.00', method: 'CASH', reason: 'too much' });
  const refused = await desk.command('refund', {
    accountId,
    amount: '9999.00',
    method: 'CASH',
    reason: 'no',
  });
  expect(refused.error).toBe('refund_exceeds_credit');
  await desk.pay(accountId, '1.00');
  await desk.pay(accountId, '7.00', { method: 'CARD' });
  const [shift] = await listed();
  expect(shift?.receipts).toEqual([
    { number: 'HALL1-00000001', kind: 'payment', amount: '109.00' },
    { number: 'HALL1-00000002', kind: 'deposit-taken', amount: '20.00' },
    { number: 'HALL1-00000003', kind: 'refund', amount: '-9.00' },
    { number: 'HALL1-00000004', kind: 'payment', amount: '1.00' },
  ]);
  const count = `countCashierShift(shiftId: "${shift?.shiftId}", counted: "320.50", idempotencyKey: "count")`;
  expect((await ask(count)).shift).toMatchObject({
    state: 'counted',
    expected: '321.00',
    difference: '-0.50',
  });
  const input = { accountId, amount: '10.00', method: 'CASH' };
  expect((await desk.command('recordPayment', input, { fields: 'paymentId' })).error).toBe(
    'cashier_shift_missing',
  );
});

it('is closed by somebody else, and books what is short', async () => {
  const [shift] = await listed();
  const approve = (key: string) =>
    `approveCashierShift(shiftId: "${shift?.shiftId}", idempotencyKey: "${key}")`;
  expect((await ask(approve('self'))).error).toBe('cashier_shift_clerk');
  expect((await ask(approve('other'), 'billing')).shift?.state).toBe('closed');
  expect((await ask(approve('again'), 'billing')).error).toBe('cashier_shift_state');
  expect(await desk.entry(shift?.shiftId ?? '', 'cash-difference')).toEqual(
    expect.arrayContaining(['1001 Cr 50', '1901 Dr 50']),
  );
  expect(await listed()).toEqual([]);
  const next = await ask('openCashierShift(till: "HALL1", float: "100.00", idempotencyKey: "next")');
  expect(next.shift?.state).toBe('open');
});
