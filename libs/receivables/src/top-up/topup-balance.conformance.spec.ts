import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, tmfConformance, type TestOperator } from '@ronghe/testing';
import { receivablesDomain } from '../index';
import { topUpBalances } from './topup-balance';

let operator: TestOperator;
const accountId = newId();
beforeAll(async () => {
  operator = await startOperator({
    domains: [receivablesDomain],
    stubs: {
      commands: { 'charging.topUp': () => ({ repaidOverrun: '0.00', bonus: '0.00', validTo: null }) },
    },
  });
  const lane = laneOf(accountId);
  const payload = {
    accountId,
    customerId: newId(),
    balanceGroupId: accountId,
    lane,
    zone: 'Asia/Shanghai',
    billDay: 1,
    paymentMode: 'prepaid' as const,
    openedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
  };
  await operator.publish('account.opened.v1', { aggregateId: accountId, lane, payload });
  await operator.settle();
});
afterAll(() => operator?.stop());

it('TMF654: takes top-ups and shows them, as the definition has them', async () => {
  const problems = tmfConformance('TMF654');
  const content = {
    amount: { amount: 50.5, units: 'CNY' },
    usageType: 'monetary',
    bucket: { id: accountId },
    partyAccount: { id: accountId },
  };
  expect(problems('TopupBalance_Create', content)).toEqual([]);
  const options = { role: 'partner', key: 'tmf' } as const;
  const created = await operator.rest('POST', topUpBalances, content, options);
  expect([created.status, problems('TopupBalance', created.body)]).toEqual([201, []]);
  expect((await operator.rest('POST', topUpBalances, content, options)).body).toEqual(created.body);
  const { id } = created.body as { id: string };
  const get = async (path: string) => (await operator.rest('GET', path, undefined, { role: 'partner' })).body;
  expect(await get(`${topUpBalances}/${id}`)).toEqual(created.body);
  expect(await get(`${topUpBalances}?partyAccount.id=${accountId}`)).toEqual([created.body]);
  const wrong = { ...content, amount: { amount: 1, units: 'EUR' } };
  const refused = await operator.rest('POST', topUpBalances, wrong, { role: 'partner', key: 'other' });
  expect([refused.status, (refused.body as { code: string }).code]).toEqual([400, 'balance_body_invalid']);
});
