import { newId } from '@ronghe/kernel';
import { startOperator, tmfConformance, type TestOperator } from '@ronghe/testing';
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
