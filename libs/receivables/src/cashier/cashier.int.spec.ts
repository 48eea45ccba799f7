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

it('is banked once it is closed, no more than was counted', async () => {
  const { data } = await operator.graphql<{ cashierShifts: { shiftId: string; state: string }[] }>(
    `{ cashierShifts(notClosed: false) { shiftId state } }`,
    {},
    'billing',
  );
  const idOf = (state: string) => data?.cashierShifts.find((shift) => shift.state === state)?.shiftId;
  const bank = async (shiftId: string | undefined, amount: string, key: string) => {
    const call = `bankCash(shiftId: "${shiftId}", amount: "${amount}", reference: "slip 7", idempotencyKey: "${key}")`;
    const answer = await operator.graphql<{ bankCash: { banked: string } }>(
      `mutation { ${call} { banked } }`,
    );
    return answer.data?.bankCash.banked ?? answer.errors?.[0]?.extensions.code;
  };
  const closed = idOf('closed');
  expect(await bank(idOf('open'), '1.00', 'open')).toBe('cashier_shift_state');
  expect(await bank(closed, '0.00', 'nothing')).toBe('cash_amount_invalid');
  expect(await bank(closed, '220.00', 'some')).toBe('220.00');
  expect(await bank(closed, '220.00', 'some')).toBe('220.00');
  expect(await desk.entry(closed ?? '', 'cash-banked')).toEqual(
    expect.arrayContaining(['1002 Dr 22000', '1001 Cr 22000']),
  );
  // 320.50 were counted.
  expect(await bank(closed, '100.51', 'more')).toBe('cash_exceeds_counted');
  expect(await bank(closed, '100.50', 'rest')).toBe('320.50');
});

it('shows in the audit what somebody wrote past the commands', async () => {
  await desk.pay(accountId, '5.00');
  const names = async () => (await desk.differences()).map(({ name }) => name);
  await operator.sql(
    `update receivables.cash_receipt set amount_fen = amount_fen + 1 where amount_fen = 500`,
  );
  expect(await names()).toEqual(['cash-receipts']);
  await operator.sql(
    `update receivables.cash_receipt set amount_fen = amount_fen - 1 where amount_fen = 501`,
  );
  await operator.sql(`update receivables.till set last_sequence = last_sequence + 1`);
  expect(await names()).toEqual(['till-numbers']);
  await operator.sql(`update receivables.till set last_sequence = last_sequence - 1`);
  await operator.sql(
    `update receivables.cash_banking set amount_fen = amount_fen + 1 where amount_fen = 22000`,
  );
  expect(await names()).toEqual(['cash-banked', 'cash-counted']);
  await operator.sql(
    `update receivables.cash_banking set amount_fen = amount_fen - 1 where amount_fen = 22001`,
  );
});
