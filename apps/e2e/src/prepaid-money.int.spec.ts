import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';
import { allDomains } from '@ronghe/operator';

/** A prepaid customer's money from the counter to the ledger: paid in, spent, given on, ended; day by day. */
let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: allDomains, startsAt: '2026-06-10T10:00:00+08:00' });
  await operator.command('catalog.applyDocuments', { files: demonstrationDocuments() }, { key: 'open' });
  await operator.settle();
});
afterAll(() => operator?.stop());

async function openAccount(): Promise<string> {
  const [accountId, balanceGroupId] = [newId(), newId()];
  const lane = laneOf(balanceGroupId);
  const payload = {
    accountId,
    customerId: newId(),
    balanceGroupId,
    lane,
    zone: 'Asia/Shanghai',
    billDay: 1,
    paymentMode: 'prepaid' as const,
    openedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
  };
  await operator.publish('account.opened.v1', { aggregateId: accountId, lane, payload });
  await operator.settle();
  return accountId;
}

const topUp = (accountId: string, amount: string) =>
  operator.graphql<{ topUp: { state: string; bonus: string } }>(
    `mutation ($input: TopUpInput!, $key: String!) { topUp(input: $input, idempotencyKey: $key) { state bonus } }`,
    { input: { accountId, amount, method: 'CASH' }, key: newId() },
  );
const mutate = (mutation: string, input: object) =>
  operator.graphql(mutation, { input, key: newId() }, mutation.includes('adjust') ? 'billing' : 'counter');

async function ledgerOf(accountId: string): Promise<Record<string, string>> {
  const rows = await operator.sql<{ account: string; balance: string }>(
    `select line->>'account' as account, sum((line->>'debit')::bigint - (line->>'credit')::bigint)::text as balance
     from receivables.journal_entry, jsonb_array_elements(lines) as line where account_id = $1 group by 1`,
    [accountId],
  );
  return Object.fromEntries(rows.map((row) => [row.account, row.balance]));
}

/** Control totals of money that do not agree; accounts were opened by their fact alone, so others do not count. */
async function differences(): Promise<{ name: string; scope: string }[]> {
  const { differences: all } = (await operator.rest('POST', '/audit')).body as {
    differences: { name: string; scope: string }[];
  };
  return all.filter(({ name }) => !['accounts-published', 'open-accounts'].includes(name));
}

it('is in the ledger what it is in the purse, to the micro-yuan, when the days are told', async () => {
  const [payer, friend] = [await openAccount(), await openAccount()];
  const { data } = await topUp(payer, '100.00');
  expect(data?.topUp).toEqual({ state: 'GRANTED', bonus: '5.00' });
  await mutate(
    `mutation ($input: TransferMoneyInput!, $key: String!) { transferMoney(input: $input, idempotencyKey: $key) { state } }`,
    { fromAccountId: payer, toAccountId: friend, amount: '20.123456' },
  );
  await mutate(
    `mutation ($input: AdjustMoneyInput!, $key: String!) { adjustMoney(input: $input, idempotencyKey: $key) { free } }`,
    { accountId: friend, amount: '1.50', reason: 'goodwill' },
  );
  expect(await ledgerOf(payer)).toEqual({ '1001': '10000', '2204': '-10000' });
  await operator.moveClock('2026-06-11T00:00:00+08:00');
  expect(await ledgerOf(payer)).toEqual({ '1001': '10000', '2204': '-7988', '2241': '-2012' });
  expect(await ledgerOf(friend)).toEqual({ '2204': '-2162', '2241': '2012', '6601': '150' });
  expect(await differences()).toEqual([]);
});

it('posts revenue and tax of what was used, also when a told day changes afterwards', async () => {
  const accountId = await openAccount();
  await topUp(accountId, '50.00');
  const [{ lane } = { lane: 0 }] = await operator.sql<{ lane: number }>(
    'select lane from charging.account where account_id = $1',
    [accountId],
  );
  const tell = (version: number, amount: string) =>
    operator.publish('consumption.posted.v1', {
      aggregateId: `${accountId}/2026-06-10`,
      lane,
      version,
      payload: {
        accountId,
        day: '2026-06-10' as never,
        used: [{ taxClass: 'data', amount }],
        expired: '0.00',
        transferred: '0.00',
        adjusted: '0.00',
      },
    });
  await tell(1, '10.904999');
  await operator.settle();
  expect(await ledgerOf(accountId)).toEqual({
    '1001': '5000',
    '2204': '-3910',
    '6001': '-1000',
    '2221': '-90',
  });
  await tell(1, '10.904999');
  await tell(2, '10.905');
  await operator.settle();
  expect(await ledgerOf(accountId)).toMatchObject({ '2204': '-3909' });
  expect(await differences()).toEqual([
    expect.objectContaining({ name: 'customer-prepayment', scope: accountId }),
  ]);
});
