import { DomainError, instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { ReceivablesAudit } from '../audit.service';
import { receivablesDomain } from '../index';
import { TopUpService } from './top-up.service';

let operator: TestOperator;
/** Grants by key, as charging would remember them. */
const granted = new Map<string, number>();
let mood: 'up' | 'away' | 'refusing' = 'up';

beforeAll(async () => {
  operator = await startOperator({
    domains: [receivablesDomain],
    stubs: {
      commands: {
        'charging.topUp': (_input, key) => {
          if (mood === 'away') throw new DomainError('projection_behind', 'unavailable', 'later');
          if (mood === 'refusing') throw new DomainError('account_closed', 'conflict', 'never');
          granted.set(key, (granted.get(key) ?? 0) + 1);
          return { repaidOverrun: '0.00', bonus: '5.00', validTo: null };
        },
      },
    },
  });
});
afterAll(() => operator?.stop());
beforeEach(() => {
  mood = 'up';
});

async function openAccount(paymentMode: 'prepaid' | 'postpaid' = 'prepaid'): Promise<string> {
  const [accountId, balanceGroupId] = [newId(), newId()];
  const lane = laneOf(balanceGroupId);
  const payload = {
    accountId,
    customerId: newId(),
    balanceGroupId,
    lane,
    zone: 'Asia/Shanghai',
    billDay: 1,
    paymentMode,
    openedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
  };
  await operator.publish('account.opened.v1', { aggregateId: accountId, lane, payload });
  await operator.settle();
  return accountId;
}

async function topUp(accountId: string, amount: string, key: string) {
  return operator.graphql<{ topUp: Record<string, string> }>(
    `mutation ($input: TopUpInput!, $key: String!) {
       topUp(input: $input, idempotencyKey: $key) { paymentId amount state bonus } }`,
    { input: { accountId, amount, method: 'CASH' }, key },
  );
}

async function balanced(): Promise<unknown[]> {
  const report = await operator.get(Transactions).read((tx) => operator.get(ReceivablesAudit).audit(tx));
  return report.checks.filter((check) => check.left !== check.right);
}

it('is booked as cash and prepayment, and granted once, however often it is asked for', async () => {
  const accountId = await openAccount();
  const first = await topUp(accountId, '100.00', 'same');
  expect(first.data?.topUp).toMatchObject({ amount: '100.00', state: 'GRANTED', bonus: '5.00' });
  expect(await topUp(accountId, '100.00', 'same')).toEqual(first);
  expect((await topUp(accountId, '101.00', 'same')).errors?.[0]?.extensions.code).toBe(
    'idempotency_key_reused',
  );
  const entries = await operator.sql(
    `select kind, lines from receivables.journal_entry where account_id = $1`,
    [accountId],
  );
  expect(entries).toEqual([
    {
      kind: 'top-up',
      lines: [
        { account: '1001', subAccount: null, debit: '10000', credit: '0' },
        { account: '2204', subAccount: accountId, debit: '0', credit: '10000' },
      ],
    },
  ]);
  expect(granted.get(first.data?.topUp['paymentId'] ?? '')).toBe(1);
  expect(await balanced()).toEqual([]);
});

it('stays booked while charging is away, and is granted as soon as it is back', async () => {
  const accountId = await openAccount();
  mood = 'away';
  const { data } = await topUp(accountId, '20.00', 'away');
  expect(data?.topUp).toMatchObject({ state: 'BOOKED', bonus: null });
  mood = 'up';
  await operator.settle();
  const { state } = await operator.get(TopUpService).get(data?.topUp['paymentId'] ?? '');
  expect(state).toBe('granted');
});

it('says so where charging refuses; the money stays the customer’s', async () => {
  const accountId = await openAccount();
  mood = 'refusing';
  const { data } = await topUp(accountId, '20.00', 'refusing');
  expect(data?.topUp).toMatchObject({ state: 'REFUSED' });
});

it.each([
  ['0', 'payment_amount_invalid'],
  ['-5.00', 'payment_amount_invalid'],
  ['1.001', 'payment_amount_invalid'],
  ['100000000000000000000', 'payment_amount_invalid'],
])('refuses %s', async (amount, code) => {
  const { errors } = await topUp(await openAccount(), amount, newId());
  expect(errors?.[0]?.extensions.code).toBe(code);
});

it('refuses money in advance for an account that pays by bill, and for one that nobody opened', async () => {
  const [postpaid, unknown] = [await openAccount('postpaid'), newId()];
  expect((await topUp(postpaid, '5.00', 'postpaid')).errors?.[0]?.extensions.code).toBe(
    'account_not_prepaid',
  );
  expect((await topUp(unknown, '5.00', 'unknown')).errors?.[0]?.extensions.code).toBe('account_not_found');
});

it('in cash has a receipt of the clerk’s shift, once', async () => {
  const accountId = await openAccount();
  const open = `mutation { openCashierShift(till: "HALL9", float: "50.00", idempotencyKey: "open") { shiftId } }`;
  const { data } = await operator.graphql<{ openCashierShift: { shiftId: string } }>(open);
  const first = await topUp(accountId, '30.00', 'in a shift');
  await topUp(accountId, '30.00', 'in a shift');
  const receipts = await operator.sql(
    `select kind, reference_id, amount_fen from receivables.cash_receipt where shift_id = $1`,
    [data?.openCashierShift.shiftId],
  );
  expect(receipts).toEqual([
    { kind: 'top-up', reference_id: first.data?.topUp['paymentId'], amount_fen: '3000' },
  ]);
  expect(await balanced()).toEqual([]);
});
