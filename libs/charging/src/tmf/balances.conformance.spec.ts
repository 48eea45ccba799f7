import { newId } from '@ronghe/kernel';
import { startOperator, tmfConformance, type TestOperator } from '@ronghe/testing';
import { openAccount, publishDocuments, sellFamily, type Family } from '../family.fixture';
import { chargingDomain } from '../index';

const root = '/tmf-api/prepayBalanceManagement/v4';

let operator: TestOperator;
let family: Family;
let friend: string;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-20T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'fixed', 'broadband', 'iptv'], {
    account: { paymentMode: 'prepaid' },
  });
  friend = (await openAccount(operator, { paymentMode: 'prepaid' })).accountId;
  await operator.settle();
  const paymentId = newId();
  const { accountId } = family.account;
  await operator.command('charging.topUp', { accountId, paymentId, amount: '50.00' }, { key: paymentId });
});
afterAll(() => operator?.stop());

const get = (path: string) => operator.rest('GET', path, undefined, { role: 'partner' });

describe('TMF654 Prepay Balance', () => {
  const problems = tmfConformance('TMF654');

  it('shows money and allowances as buckets, and all money as one balance', async () => {
    const { accountId } = family.account;
    const { body, headers } = await get(`${root}/bucket?partyAccount.id=${accountId}&limit=100`);
    const buckets = body as { id: string; usageType: string }[];
    expect(Number(headers.get('x-total-count'))).toBe(buckets.length);
    expect(buckets.map(({ usageType }) => usageType)).toEqual(
      expect.arrayContaining(['monetary', 'data', 'voice']),
    );
    for (const bucket of buckets) {
      expect(problems('Bucket', bucket)).toEqual([]);
      expect((await get(`${root}/bucket/${bucket.id}`)).body).toEqual(bucket);
    }
    const balance = (await get(`${root}/accumulatedBalance/${accountId}`)).body;
    expect(problems('AccumulatedBalance', balance)).toEqual([]);
    expect(balance).toMatchObject({ totalBalance: { amount: 50, units: 'CNY' } });
    expect((await get(`${root}/bucket`)).body).toMatchObject({ code: 'party_account_missing' });
  });

  it('transfers and adjusts money', async () => {
    const content = {
      reason: 'gift',
      usageType: 'monetary',
      receiverBucketUsageType: 'monetary',
      amount: { amount: 12.5, units: 'CNY' },
      bucket: { id: family.account.accountId },
      receiverBucket: { id: friend },
      logicalResource: [{ id: family.account.accountId }],
      receiverLogicalResource: { id: friend },
      channel: { id: 'app' },
    };
    expect(problems('TransferBalance_Create', content)).toEqual([]);
    const options = { role: 'partner', key: 'tmf-transfer' } as const;
    const created = await operator.rest('POST', `${root}/transferBalance`, content, options);
    expect([created.status, problems('TransferBalance', created.body)]).toEqual([201, []]);
    const { id } = created.body as { id: string };
    expect((await get(`${root}/transferBalance/${id}`)).body).toEqual(created.body);
    expect((await get(`${root}/transferBalance?partyAccount.id=${family.account.accountId}`)).body).toEqual([
      created.body,
    ]);
    const adjustment = {
      amount: { amount: 2 },
      usageType: 'monetary',
      bucket: { id: friend },
      reason: 'goodwill',
    };
    expect(problems('AdjustBalance_Create', adjustment)).toEqual([]);
    const adjusted = await operator.rest('POST', `${root}/adjustBalance`, adjustment, {
      role: 'billing',
      key: 'a1',
    });
    expect([adjusted.status, problems('AdjustBalance', adjusted.body)]).toEqual([201, []]);
    expect((await get(`${root}/accumulatedBalance/${friend}`)).body).toMatchObject({
      totalBalance: { amount: 14.5 },
    });
  });
});

it('TMF677: reports what is used and left of allowances', async () => {
  const { body } = await get(
    `/tmf-api/usageConsumption/v4/usageConsumptionReport/${family.account.accountId}`,
  );
  expect(tmfConformance('TMF677')('UsageConsumptionReport', body)).toEqual([]);
  expect((body as { bucket: object[] }).bucket.length).toBeGreaterThan(0);
});
