import { newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { LedgerDesk } from '../ledger-desk.fixture';
import { receivablesDomain } from '../index';

let operator: TestOperator;
let desk: LedgerDesk;
let accountId: string;

beforeAll(async () => {
  operator = await startOperator({
    domains: [receivablesDomain],
    startsAt: '2026-07-20T10:00:00+08:00',
    stubs: {
      queries: {
        'billing.getBillLines': ({ billIds }) => ({
          lines: billIds.flatMap((billId) => [
            { billId, no: 1, amount: '60.00' },
            { billId, no: 2, amount: '40.00' },
          ]),
        }),
      },
    },
  });
  desk = new LedgerDesk(operator);
});
afterAll(() => operator?.stop());
beforeEach(async () => {
  accountId = await desk.openAccount();
});
afterEach(async () => {
  expect(await desk.differences()).toEqual([]);
});

describe('a payment', () => {
  it('pays the bill that it names, and with the rest the oldest one', async () => {
    const [old, young] = [await desk.bill(accountId, 5000n, '2026-05-15'), await desk.bill(accountId, 3000n)];
    await desk.pay(accountId, '40.00', { allocations: [{ billId: young.billId, amount: '30.00' }] });
    expect((await desk.ledger(accountId)).open).toEqual({ [old.number]: '40.00' });
  });

  it('pays a line, once what the line comes to', async () => {
    const { billId, number } = await desk.bill(accountId, 10000n);
    const line = (amount: string) => ({ allocations: [{ billId, lineNo: 2, amount }] });
    await desk.pay(accountId, '25.00', line('25.00'));
    const input = { accountId, amount: '40.00', method: 'CASH' };
    const over = await desk.command('recordPayment', { ...input, ...line('15.01') }, { fields: 'paymentId' });
    expect(over.error).toBe('allocation_exceeds_open');
    await desk.pay(accountId, '15.00', line('15.00'));
    expect((await desk.ledger(accountId)).open).toEqual({ [number]: '60.00' });
    const lines = (await desk.allocations(accountId)).map(({ lineNo, amount }) => [lineNo, amount]);
    expect(lines).toEqual([
      [2, 1500n],
      [2, 2500n],
    ]);
    const none = { allocations: [{ billId, lineNo: 9, amount: '1.00' }] };
    expect((await desk.command('recordPayment', { ...input, ...none }, { fields: 'paymentId' })).error).toBe(
      'line_not_found',
    );
  });

  it.each([
    ['2026-07-21', 'value_date_invalid'],
    ['2025-01-01', 'value_date_invalid'],
    ['2026-02-30', 'value_date_invalid'],
    ['2026-07-01', null],
  ])('with the value date %s: %s', async (valueDate, code) => {
    const { error, answer } = await desk.command(
      'recordPayment',
      { accountId, amount: '1.00', method: 'TRANSFER', valueDate, reference: 'T-1' },
      { fields: 'valueDate reference' },
    );
    expect([error, answer]).toEqual([code, code ? null : { valueDate, reference: 'T-1' }]);
  });

  it('cannot name more than it is, nor more than a bill has open, nor a bill of somebody else', async () => {
    const { billId } = await desk.bill(accountId, 1000n);
    const other = await desk.bill(await desk.openAccount(), 1000n);
    const tried = async (amount: string, allocation: object) => {
      const input = { accountId, amount, method: 'CASH', allocations: [allocation] };
      return (await desk.command('recordPayment', input, { fields: 'paymentId' })).error;
    };
    expect(await tried('5.00', { billId, amount: '6.00' })).toBe('allocation_exceeds_funds');
    expect(await tried('50.00', { billId, amount: '10.01' })).toBe('allocation_exceeds_open');
    expect(await tried('5.00', { billId: other.billId, amount: '5.00' })).toBe('allocation_exceeds_open');
  });
});

describe('an allocation', () => {
  it('is taken back in part, and its money pays another bill', async () => {
    const [first, second] = [
      await desk.bill(accountId, 5000n),
      await desk.bill(accountId, 2000n, '2026-06-16'),
    ];
    await desk.pay(accountId, '50.00');
    const [allocation] = await desk.allocations(accountId);
    const input = {
      accountId,
      allocationId: allocation?.allocationId,
      amount: '20.00',
      reason: 'meant for the other',
    };
    const key = newId();
    const back = await desk.command('unallocate', input, { key });
    expect(back).toMatchObject({ error: null, answer: { amount: '20.00', kind: 'UNALLOCATION' } });
    expect(await desk.command('unallocate', input, { key })).toEqual(back);
    expect(await desk.ledger(accountId)).toMatchObject({
      open: { [first.number]: '20.00', [second.number]: '20.00' },
      credit: '20.00',
    });
    await desk.command('allocateCredit', {
      accountId,
      allocations: [{ billId: second.billId, amount: '20.00' }],
    });
    expect(await desk.ledger(accountId)).toMatchObject({ open: { [first.number]: '20.00' }, credit: '0.00' });
    expect(await desk.entry(accountId, 'unallocation')).toEqual(['1122 Dr 2000', '2203 Cr 2000']);
    expect(await desk.entry(accountId, 'credit-used')).toEqual(['2203 Dr 2000', '1122 Cr 2000']);
  });

  it('that has been taken back is gone; credit that is not there pays nothing', async () => {
    await desk.bill(accountId, 5000n);
    await desk.pay(accountId, '50.00');
    const [allocation] = await desk.allocations(accountId);
    const input = { accountId, allocationId: allocation?.allocationId, reason: 'x' };
    expect((await desk.command('unallocate', { ...input, amount: '50.01' })).error).toBe(
      'allocation_exceeds_standing',
    );
    expect((await desk.command('unallocate', input)).error).toBeNull();
    expect((await desk.command('unallocate', input)).error).toBe('allocation_not_found');
    expect((await desk.command('allocateCredit', { accountId })).answer).toMatchObject({ amount: '50.00' });
    expect((await desk.command('allocateCredit', { accountId })).error).toBe('nothing_to_allocate');
  });
});

describe('a refund', () => {
  it('pays out what is too much, and no more', async () => {
    await desk.pay(accountId, '30.00');
    const input = { accountId, method: 'TRANSFER', reason: 'closed' };
    expect((await desk.command('refund', { ...input, amount: '30.01' })).error).toBe('refund_exceeds_credit');
    expect((await desk.command('refund', { ...input, amount: '30.00' })).error).toBeNull();
    expect(await desk.entry(accountId, 'refund')).toEqual(['2203 Dr 3000', '1002 Cr 3000']);
  });

  it('of a payment makes owed again what it paid, and gives it back once', async () => {
    const bill = await desk.bill(accountId, 5000n);
    const paymentId = await desk.pay(accountId, '60.00');
    const input = { accountId, paymentId, method: 'CASH', reason: 'paid by mistake' };
    expect((await desk.command('refund', { ...input, amount: '45.00' })).error).toBeNull();
    expect(await desk.ledger(accountId)).toMatchObject({ open: { [bill.number]: '35.00' }, credit: '0.00' });
    expect((await desk.command('refund', { ...input, amount: '15.01' })).error).toBe(
      'refund_exceeds_payment',
    );
    expect((await desk.command('refund', { ...input, amount: '15.00' })).error).toBeNull();
    expect(await desk.ledger(accountId)).toMatchObject({ open: { [bill.number]: '50.00' }, credit: '0.00' });
    const stranger = { ...input, accountId: await desk.openAccount(), amount: '1.00' };
    expect((await desk.command('refund', stranger)).error).toBe('payment_not_found');
  });
});

it('takes a deposit, uses it for what is late and gives the rest back', async () => {
  const [late, later] = [await desk.bill(accountId, 3000n), await desk.bill(accountId, 4000n, '2026-08-15')];
  const cash = { accountId, method: 'CASH' };
  expect((await desk.command('takeDeposit', { ...cash, amount: '100.00' })).answer).toMatchObject({
    amount: '100.00',
  });
  expect((await desk.ledger(accountId)).open).toEqual({ [late.number]: '30.00', [later.number]: '40.00' });
  expect((await desk.command('useDeposit', { accountId, amount: '100.00' })).answer).toMatchObject({
    amount: '30.00',
  });
  expect((await desk.command('useDeposit', { accountId, amount: '70.00' })).error).toBe(
    'nothing_to_allocate',
  );
  expect((await desk.command('returnDeposit', { ...cash, amount: '70.01' })).error).toBe('deposit_exceeded');
  const [used] = await desk.allocations(accountId);
  await desk.command('unallocate', { accountId, allocationId: used?.allocationId, reason: 'wrong bill' });
  expect(await desk.ledger(accountId)).toMatchObject({ deposit: '100.00', credit: '0.00' });
  expect((await desk.command('returnDeposit', { ...cash, amount: '100.00' })).error).toBeNull();
  expect(await desk.entry(accountId, 'deposit-returned')).toEqual(['2242 Dr 10000', '1001 Cr 10000']);
});

it('gives a bill up as a loss, and takes its money after all', async () => {
  const bill = await desk.bill(accountId, 8000n);
  const loss = { accountId, billId: bill.billId, reason: 'cannot be found' };
  expect((await desk.command('writeOff', loss)).error).toBe('role_missing');
  expect((await desk.command('writeOff', loss, { role: 'billing' })).answer).toMatchObject({
    amount: '80.00',
  });
  expect((await desk.command('writeOff', loss, { role: 'billing' })).error).toBe('bill_not_found');
  expect(await desk.entry(accountId, 'write-off')).toEqual(['6702 Dr 8000', '1122 Cr 8000']);
  const [standing] = await desk.allocations(accountId);
  const back = { accountId, allocationId: standing?.allocationId, reason: 'x' };
  expect((await desk.command('unallocate', back)).error).toBe('allocation_not_found');
  const paid = { accountId, billId: bill.billId, method: 'CASH' };
  expect((await desk.command('recoverWriteOff', { ...paid, amount: '80.01' })).error).toBe(
    'nothing_written_off',
  );
  expect((await desk.command('recoverWriteOff', { ...paid, amount: '50.00' })).error).toBeNull();
  expect(await desk.entry(accountId, 'recovery')).toEqual(['1122 Dr 5000', '6702 Cr 5000']);
  expect(await desk.entry(accountId, 'payment')).toEqual(['1001 Dr 5000', '1122 Cr 5000']);
  expect(await desk.ledger(accountId)).toMatchObject({ open: {}, credit: '0.00' });
});

it('shows an account’s deposit, ages, allocations and movements', async () => {
  const bill = await desk.bill(accountId, 8000n, '2026-06-19');
  await desk.bill(accountId, 100n, '2026-04-21');
  await desk.bill(accountId, 50n, '2026-04-20');
  await desk.bill(accountId, 7n, '2026-07-21');
  await desk.bill(accountId, 3n, '2026-07-20');
  await desk.command('takeDeposit', { accountId, amount: '5.00', method: 'CARD', reason: 'roaming' });
  const { answer } = await desk.command(
    'recordPayment',
    { accountId, amount: '1.00', method: 'CASH', allocations: [{ billId: bill.billId, amount: '1.00' }] },
    {
      fields: `account { deposit aging { notDue days0To30 days31To60 days61To90 over90Days }
        allocations { bill { id } lineNo amount source } movements { kind amount method reason recordedBy } }`,
    },
  );
  expect(answer?.['account']).toEqual({
    deposit: '5.00',
    aging: { notDue: '0.07', days0To30: '0.03', days31To60: '79.00', days61To90: '1.00', over90Days: '0.50' },
    allocations: [{ bill: { id: bill.billId }, lineNo: null, amount: '1.00', source: 'PAYMENT' }],
    movements: [
      {
        kind: 'DEPOSIT_TAKEN',
        amount: '5.00',
        method: 'CARD',
        reason: 'roaming',
        recordedBy: 'test-counter',
      },
    ],
  });
});

it('finds in its audit what somebody changed behind its back', async () => {
  await desk.bill(accountId, 1000n);
  await desk.pay(accountId, '4.00');
  await desk.command('takeDeposit', { accountId, amount: '5.00', method: 'CARD' });
  const broken = async (statement: string, mend: string) => {
    await operator.sql(statement, [accountId]);
    const names = (await desk.differences()).map(({ name }) => name);
    await operator.sql(mend, [accountId]);
    return names;
  };
  const change = (table: string, column: string, by: string) =>
    `update receivables.${table} set ${column} = ${column} ${by} where account_id = $1`;
  const pair = (table: string, column: string) =>
    broken(change(table, column, '+ 1'), change(table, column, '- 1'));
  expect(await pair('account_ledger', 'deposit_fen')).toEqual(['deposit-postings']);
  expect(await pair('movement', 'amount_fen')).toEqual(['movements-posted']);
  expect(await pair('payment', 'amount_fen')).toEqual(['payments-posted']);
  expect(await pair('allocation', 'amount_fen')).toEqual(['items-settled']);
});
