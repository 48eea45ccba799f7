import type { BillPublished } from '@ronghe/contracts';
import {
  instantFromIso,
  laneOf,
  moneyFromMinor,
  moneyToDecimal,
  newId,
  subtractMoney,
  zeroMoney,
} from '@ronghe/kernel';
import { includedTax } from '@ronghe/rating';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { BalanceService } from './balance.service';
import { ReceivablesAudit } from './audit.service';
import { receivablesDomain } from './index';

let operator: TestOperator;
let accountId: string;
let numbers = 0;

async function openAccount(): Promise<string> {
  const [id, balanceGroupId] = [newId(), newId()];
  await operator.publish('account.opened.v1', {
    aggregateId: id,
    lane: laneOf(balanceGroupId),
    payload: {
      accountId: id,
      customerId: newId(),
      balanceGroupId,
      lane: laneOf(balanceGroupId),
      zone: 'Asia/Shanghai',
      billDay: 1,
      paymentMode: 'postpaid',
      openedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
    },
  });
  return id;
}

function billOf(fen: bigint, period: string): BillPublished {
  numbers += 1;
  const gross = moneyFromMinor(fen);
  return {
    billId: newId(),
    number: `B-${String(numbers).padStart(4, '0')}`,
    customerId: newId(),
    accountId,
    lane: 5,
    period,
    total: moneyToDecimal(gross),
    taxes: [{ percent: '9', gross: moneyToDecimal(gross), tax: moneyToDecimal(includedTax(gross, '9')) }],
    issuedAt: instantFromIso(`${period}-28T00:00:00+08:00`),
    dueAt: instantFromIso(`${period}-28T12:00:00+08:00`),
  };
}

async function publishBill(payload: BillPublished): Promise<void> {
  await operator.publish('bill.published.v1', { aggregateId: payload.billId, lane: payload.lane, payload });
  await operator.settle();
}

/** The account as it stands; alone, this domain's graph has no way in to it. */
async function account() {
  const balances = operator.get(BalanceService);
  const [[balance], [items = []], [payments = []]] = await Promise.all([
    balances.balances([accountId]),
    balances.openItems([accountId]),
    balances.payments([accountId]),
  ]);
  return {
    balance: moneyToDecimal(subtractMoney(balance?.receivable ?? zeroMoney, balance?.credit ?? zeroMoney)),
    credit: moneyToDecimal(balance?.credit ?? zeroMoney),
    openItems: items.map((item) => [item.number, moneyToDecimal(item.amount), moneyToDecimal(item.open)]),
    payments: payments.map((payment) => [moneyToDecimal(payment.amount), payment.method]),
  };
}

async function pay(
  amount: string,
  key: string,
  change: object = {},
  role: 'counter' | 'billing' = 'counter',
) {
  return operator.graphql<{ recordPayment: { paymentId: string; amount: string } }>(
    `mutation ($input: RecordPaymentInput!, $key: String!) {
       recordPayment(input: $input, idempotencyKey: $key) { paymentId amount method receivedAt account { balance } } }`,
    { input: { accountId, amount, method: 'CASH', ...change }, key },
    role,
  );
}

beforeAll(async () => {
  operator = await startOperator({ domains: [receivablesDomain] });
});

afterAll(() => operator?.stop());

beforeEach(async () => {
  accountId = await openAccount();
  await operator.settle();
});

describe('a published bill', () => {
  it('is posted once, however often its fact arrives, and is owed', async () => {
    const bill = billOf(13167n, '2026-06');
    await publishBill(bill);
    await publishBill(bill);
    const { balance, openItems } = await account();
    expect(balance).toBe('131.67');
    expect(openItems).toEqual([[bill.number, '131.67', '131.67']]);
    expect(await operator.ask('receivables.getBillDues', { billIds: [bill.billId, newId()] })).toEqual({
      dues: ['131.67', null],
    });
  });

  it('waits for its account', async () => {
    const bill = { ...billOf(100n, '2026-06'), accountId: newId(), lane: 900 };
    await operator.publish('bill.published.v1', { aggregateId: bill.billId, lane: bill.lane, payload: bill });
    await expect(operator.ask('receivables.getBillDues', { billIds: [bill.billId] })).resolves.toEqual({
      dues: [null],
    });
    await operator.publish('account.opened.v1', {
      aggregateId: bill.accountId,
      lane: 1,
      payload: {
        accountId: bill.accountId,
        customerId: bill.customerId,
        balanceGroupId: newId(),
        lane: 1,
        zone: 'Asia/Shanghai',
        billDay: 1,
        paymentMode: 'postpaid',
        openedAt: bill.issuedAt,
      },
    });
    await operator.settle();
    expect(await operator.ask('receivables.getBillDues', { billIds: [bill.billId] })).toEqual({
      dues: ['1.00'],
    });
  });
});

describe('a payment at the counter', () => {
  it('pays the oldest bill first; the rest becomes credit that the next bill uses', async () => {
    await publishBill(billOf(13167n, '2026-06'));
    await publishBill(billOf(18900n, '2026-07'));
    await pay('150.00', `${accountId}-1`);
    expect((await account()).openItems.map(([, , open]) => open)).toEqual(['170.67']);
    await pay('200.00', `${accountId}-2`, { method: 'CARD' });
    expect(await account()).toMatchObject({ balance: '-29.33', credit: '29.33', openItems: [] });
    await publishBill(billOf(18945n, '2026-08'));
    const { balance, credit, payments } = await account();
    expect([balance, credit]).toEqual(['160.12', '0.00']);
    expect(payments).toEqual([
      ['200.00', 'card'],
      ['150.00', 'cash'],
    ]);
  });

  it('is taken once for a key, and another amount under it is refused', async () => {
    const first = await pay('10.00', `${accountId}-key`);
    const again = await pay('10.00', `${accountId}-key`);
    expect(again.data?.recordPayment.paymentId).toBe(first.data?.recordPayment.paymentId);
    const other = await pay('11.00', `${accountId}-key`);
    expect(other.errors?.[0]?.extensions.code).toBe('idempotency_key_reused');
    expect((await account()).credit).toBe('10.00');
  });

  it('answers also what was stored before payments had value dates', async () => {
    const first = await pay('10.00', `${accountId}-old`);
    await operator.sql(
      `update receivables.command_log set answer = answer - 'valueDate' - 'reference' where key = $1`,
      [`${accountId}-old`],
    );
    const again = await operator.graphql<{ recordPayment: object }>(
      `mutation ($input: RecordPaymentInput!, $key: String!) {
         recordPayment(input: $input, idempotencyKey: $key) { paymentId valueDate reference } }`,
      { input: { accountId, amount: '10.00', method: 'CASH' }, key: `${accountId}-old` },
    );
    const { paymentId } = first.data?.recordPayment ?? {};
    expect(again.data?.recordPayment).toEqual({ paymentId, valueDate: '2026-06-01', reference: null });
  });

  it('answers with the account as it is then, unpaid bills and all', async () => {
    const bill = billOf(5000n, '2026-06');
    await publishBill(bill);
    const { data } = await operator.graphql<{ recordPayment: { account: object } }>(
      `mutation ($input: RecordPaymentInput!, $key: String!) { recordPayment(input: $input, idempotencyKey: $key) {
         account { balance credit openItems { number open bill { id due } } payments(first: 1) { amount method } } } }`,
      { input: { accountId, amount: '20.00', method: 'TRANSFER' }, key: newId() },
    );
    expect(data?.recordPayment.account).toEqual({
      balance: '30.00',
      credit: '0.00',
      openItems: [{ number: bill.number, open: '30.00', bill: { id: bill.billId, due: '30.00' } }],
      payments: [{ amount: '20.00', method: 'TRANSFER' }],
    });
  });

  it('of the same sum by many clerks at once never loses a fen', async () => {
    await publishBill(billOf(5000n, '2026-06'));
    await Promise.all(Array.from({ length: 12 }, (_, index) => pay('10.01', `${accountId}-many-${index}`)));
    expect(await account()).toMatchObject({ balance: '-70.12', credit: '70.12', openItems: [] });
  });

  it.each([
    ['0.00', {}, 'payment_amount_invalid'],
    ['-5.00', {}, 'payment_amount_invalid'],
    ['1.005', {}, 'payment_amount_invalid'],
    ['ten', {}, 'payment_amount_invalid'],
    ['1.00', { accountId: newId() }, 'account_not_found'],
    ['1.00', { accountId: 'nobody' }, 'input_invalid'],
  ])('of %s %j is refused with %s', async (amount, change, code) => {
    const { errors } = await pay(amount, newId(), change);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('is for the counter to take', async () => {
    expect((await pay('1.00', newId(), {}, 'billing')).errors?.[0]?.extensions.code).toBe('role_missing');
  });
});

describe('the ledger', () => {
  it('refuses an entry that does not balance, whoever writes it', async () => {
    const lines = JSON.stringify([
      { account: '1122', subAccount: accountId, debit: '100', credit: '0' },
      { account: '6001', subAccount: null, debit: '0', credit: '99' },
    ]);
    const insert = operator.sql(
      `insert into receivables.journal_entry (lane, kind, reference_id, account_id, booked_at, lines)
       values (0, 'bill', $1, $1, $2, $3)`,
      [accountId, new Date(0), lines],
    );
    await expect(insert).rejects.toThrow('journal_entry_balanced');
  });

  it('shows a trial balance of zero to billing, and not to the counter', async () => {
    const query = `{ trialBalance { debit credit rows { code name(language: "zh-CN") balance } } }`;
    interface Answer {
      trialBalance: { debit: string; credit: string; rows: { code: string; name: string }[] };
    }
    const { data } = await operator.graphql<Answer>(query, {}, 'billing');
    expect(data?.trialBalance.debit).toBe(data?.trialBalance.credit);
    expect(data?.trialBalance.rows.find((row) => row.code === '1122')?.name).toBe('应收账款');
    expect((await operator.graphql(query, {}, 'counter')).errors?.[0]?.extensions.code).toBe('role_missing');
  });

  it('passes its audit after bills, credit notes and payments', async () => {
    await publishBill(billOf(10000n, '2026-06'));
    await publishBill(billOf(-2500n, '2026-07'));
    await pay('100.00', `${accountId}-audit`);
    const report = await operator.get(Transactions).read((tx) => operator.get(ReceivablesAudit).audit(tx));
    expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
    expect(report.figures).toContainEqual({
      name: 'published-bills',
      scope: `${accountId}/2026-07`,
      value: '-25.00',
    });
    expect(await account()).toMatchObject({ balance: '-25.00' });
  });
});
