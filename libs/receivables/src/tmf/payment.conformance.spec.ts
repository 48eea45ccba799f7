import { newId } from '@ronghe/kernel';
import { startOperator, tmfConformance, tmfErrorProblems, type TestOperator } from '@ronghe/testing';
import { LedgerDesk } from '../ledger-desk.fixture';
import { receivablesDomain } from '../index';
import { billingAccounts } from './billing-account-resource';
import { paymentRoot } from './payment-resource';

let operator: TestOperator;
let desk: LedgerDesk;
let accountId: string;
beforeAll(async () => {
  operator = await startOperator({ domains: [receivablesDomain], startsAt: '2026-07-20T10:00:00+08:00' });
  desk = new LedgerDesk(operator);
  accountId = await desk.openAccount();
});
afterAll(() => operator?.stop());

const get = async (path: string) => (await operator.rest('GET', path, undefined, { role: 'billing' })).body;

it('TMF676: takes payments and refunds and shows them, as the definition has them', async () => {
  const problems = tmfConformance('TMF676');
  const bill = await desk.bill(accountId, 3000n);
  const content = {
    account: { id: accountId },
    totalAmount: { unit: 'CNY', value: 50.5 },
    paymentMethod: { '@type': 'bankCard', name: 'card' },
    correlatorId: 'slip 7',
    paymentItem: [{ item: { id: bill.billId }, totalAmount: { unit: 'CNY', value: 20 } }],
  };
  expect(problems('Payment_Create', content)).toEqual([]);
  const options = { role: 'counter', key: 'tmf676' } as const;
  const created = await operator.rest('POST', `${paymentRoot}/payment`, content, options);
  expect([created.status, problems('Payment', created.body)]).toEqual([201, []]);
  expect(created.text).toContain('"totalAmount":{"unit":"CNY","value":50.50}');
  expect((await operator.rest('POST', `${paymentRoot}/payment`, content, options)).body).toEqual(
    created.body,
  );
  const { id } = created.body as { id: string };
  expect(await get(`${paymentRoot}/payment/${id}`)).toEqual(created.body);
  expect(await get(`${paymentRoot}/payment?account.id=${accountId}`)).toEqual([created.body]);
  expect(problems('Payment', await get(`${paymentRoot}/payment/${id}?fields=status`))).toEqual([]);
  const refund = {
    ...{ account: { id: accountId }, totalAmount: { unit: 'CNY', value: 20.5 }, description: 'too much' },
    ...{ paymentMethod: { name: 'cash' }, payment: { id } },
  };
  expect(problems('Refund_Create', refund)).toEqual([]);
  const paidOut = await operator.rest('POST', `${paymentRoot}/refund`, refund, { role: 'counter', key: 'r' });
  expect([paidOut.status, problems('Refund', paidOut.body)]).toEqual([201, []]);
  expect(await get(`${paymentRoot}/refund/${(paidOut.body as { id: string }).id}`)).toEqual(paidOut.body);
  expect(await get(`${paymentRoot}/refund?account.id=${accountId}`)).toEqual([paidOut.body]);
});

it.each([
  [{ totalAmount: { unit: 'EUR', value: 1 } }, 400, 'payment_body_invalid'],
  [{ paymentMethod: { name: 'shells' } }, 400, 'payment_body_invalid'],
  [{ account: { id: 'nobody' } }, 400, 'payment_body_invalid'],
  [{ totalAmount: { unit: 'CNY', value: 1.005 } }, 400, 'payment_amount_invalid'],
  [{ account: { id: newId() } }, 404, 'account_not_found'],
])('TMF676: refuses %j', async (change, status, code) => {
  const content = {
    ...{
      account: { id: accountId },
      totalAmount: { unit: 'CNY', value: 1 },
      paymentMethod: { name: 'card' },
    },
    ...change,
  };
  const refused = await operator.rest('POST', `${paymentRoot}/payment`, content, {
    role: 'partner',
    key: newId(),
  });
  expect([refused.status, (refused.body as { code: string }).code]).toEqual([status, code]);
  expect(tmfErrorProblems(tmfConformance('TMF676'), refused.body)).toEqual([]);
});

it('TMF666: shows an account with its balances, as the definition has them', async () => {
  const problems = tmfConformance('TMF666');
  const other = await desk.openAccount();
  await desk.bill(other, 12345n);
  await desk.bill(other, 100n, '2026-08-15');
  await desk.command('takeDeposit', { accountId: other, amount: '7.00', method: 'CASH' });
  const body = (await get(`${billingAccounts}/${other}`)) as {
    paymentStatus: string;
    relatedParty: { id: string }[];
    accountBalance: { balanceType: string; amount: { value: number } }[];
  };
  expect(problems('BillingAccount', body)).toEqual([]);
  expect([
    body.paymentStatus,
    body.accountBalance.map((each) => [each.balanceType, each.amount.value]),
  ]).toEqual([
    'in arrears',
    [
      ['receivableBalance', 124.45],
      ['overdueBalance', 123.45],
      ['disputedBalance', 0],
      ['creditBalance', 0],
      ['depositBalance', 7],
    ],
  ]);
  expect(await get(`${billingAccounts}?relatedParty.id=${body.relatedParty[0]?.id}`)).toEqual([body]);
});

it.each([
  [`${paymentRoot}/payment`, 'account.id', 'recordPayment'],
  [`${paymentRoot}/refund`, 'account.id', 'refund'],
  [billingAccounts, 'relatedParty.id', null],
])('%s lists a page, some attributes, and nothing of strangers', async (path, owner, made) => {
  const other = await desk.openAccount();
  await desk.openAccount();
  if (made) for (const amount of ['7.00', '8.00']) await desk.pay(other, amount);
  if (made === 'refund')
    for (const amount of ['1.00', '2.00'])
      await desk.command('refund', { accountId: other, amount, method: 'CASH', reason: 'too much' });
  const list = async (query: string) => {
    const answer = await operator.rest('GET', `${path}?${query}`, undefined, { role: 'billing' });
    const count = (name: string) => Number(answer.headers.get(`x-${name}-count`));
    return { total: count('total'), count: count('result'), body: answer.body as { id: string }[] };
  };
  const all = await list(made ? `account.id=${other}` : '');
  const narrowed = made ? `account.id=${other}&` : '';
  expect(all.total).toBeGreaterThanOrEqual(2);
  if (made) expect(all.total).toBe(2);
  const second = await list(`${narrowed}offset=1&limit=1`);
  expect(second).toEqual({ total: all.total, count: 1, body: all.body.slice(1, 2) });
  const [few] = (await list(`${narrowed}limit=1&fields=description`)).body;
  expect(few?.id).toBe(all.body[0]?.id);
  expect(Object.keys(few ?? {})).not.toContain(made ? 'totalAmount' : 'accountBalance');
  for (const stranger of [newId(), 'nobody'])
    expect(await list(`${owner}=${stranger}`)).toEqual({ total: 0, count: 0, body: [] });
});

it.each([
  [`${paymentRoot}/payment?limit=0`, 400, 'page_invalid'],
  [`${paymentRoot}/payment?status=done`, 400, 'filter_unknown'],
  [`${paymentRoot}/payment/nobody`, 404, 'payment_not_found'],
  [`${paymentRoot}/payment/00000000-0000-7000-8000-999999999999`, 404, 'payment_not_found'],
  [`${paymentRoot}/refund?offset=x`, 400, 'page_invalid'],
  [`${paymentRoot}/refund?payment.id=x`, 400, 'filter_unknown'],
  [`${paymentRoot}/refund/nobody`, 404, 'refund_not_found'],
  [`${paymentRoot}/refund/00000000-0000-7000-8000-999999999999`, 404, 'refund_not_found'],
  [`${billingAccounts}?limit=101`, 400, 'page_invalid'],
  [`${billingAccounts}?name=x`, 400, 'filter_unknown'],
  [`${billingAccounts}/nobody`, 404, 'account_not_found'],
  [`${billingAccounts}/00000000-0000-7000-8000-999999999999`, 404, 'account_not_found'],
])('refuses %s as the definitions have errors', async (path, status, code) => {
  const answer = await operator.rest('GET', path, undefined, { role: 'billing' });
  expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
  for (const api of ['TMF676', 'TMF666'])
    expect(tmfErrorProblems(tmfConformance(api), answer.body)).toEqual([]);
});
