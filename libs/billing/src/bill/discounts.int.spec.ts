import type { OfferDocument } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import {
  accountDiscount,
  changedOffers,
  groupDiscount,
  pairOfFamilies,
  withUsageRules,
} from '../../test/discount-family';
import { Desk } from '../../test/desk';
import { usageTotalsOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

/** Documents and products in; bills, pages and TMF678 out. The figures are worked out in group-charges.spec.ts. */

const [first, second] = pairOfFamilies();
const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');

let operator: TestOperator;
const desk = new Desk(() => operator);

interface Applied {
  code: string;
  label: string;
  scope: string;
  amount: string;
}
interface DiscountedBill {
  id: string;
  period: string;
  total: string;
  pageUrl: string;
  discounts: Applied[];
  lines: {
    card: string;
    chargeClass: string;
    amount: string;
    servicePeriod: string;
    net: string;
    discounts: Applied[];
    explanation: { result: string };
  }[];
}

const applied = 'discounts { code label(language: "zh-CN") scope amount }';
const fields = `id period total pageUrl ${applied} lines { card chargeClass amount servicePeriod net ${applied} explanation { result } }`;

/** Published bills, newest first. */
async function bills(accountId: string): Promise<DiscountedBill[]> {
  const query = `query ($id: ID!) { bills(accountId: $id) { nodes { ${fields} } } }`;
  const answer = await desk.ask<{ bills: { nodes: DiscountedBill[] } }>(query, { id: accountId }, 'counter');
  return answer.bills.nodes;
}

async function publishOffers(documents: readonly OfferDocument[], version: number): Promise<void> {
  for (const document of documents) {
    const payload = { code: document.code, version: 1, document, publishedAt };
    const fact = { aggregateId: `${document.code}/1`, lane: 0, version, payload };
    await operator.publish('offering.published.v1', fact);
  }
}

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishOffers(changedOffers, 2);
  for (const document of [groupDiscount, accountDiscount]) {
    const payload = { code: document.code, version: 1, document, publishedAt };
    await operator.publish('policy.published.v1', { aggregateId: document.code, lane: 0, payload });
  }
  for (const family of [first, second]) await publishFamily(operator, family);
  await closeSource(operator, '2026-08-01T00:00:00+08:00');
  await operator.moveClock('2026-08-01T06:00:00+08:00');
  await operator.settle();
});

afterAll(() => operator?.stop());

it('gives both accounts their share, line by line, and lists what was given', async () => {
  const [july, june] = await bills(first.account.accountId);
  expect(june?.discounts).toEqual([]);
  expect(july).toMatchObject({
    period: '2026-07',
    total: '166.10',
    discounts: [
      { code: 'two-plans', label: '双卡优惠', scope: 'BALANCE_GROUP', amount: '15.90' },
      { code: 'from-150', label: '满150减5', scope: 'ACCOUNT', amount: '5.00' },
    ],
  });
  expect(
    july?.lines.map(({ card, net, discounts }) => [card, net, ...discounts.map(({ amount }) => amount)]),
  ).toEqual([
    ['main', '138.92', '15.90', '4.18'],
    ['sub1', '9.71', '0.29'],
    ['sub2', '9.71', '0.29'],
    ['iptv', '7.76', '0.24'],
  ]);
  for (const line of july?.lines ?? []) expect(line.explanation.result).toBe(line.net);
  expect((await bills(second.account.accountId))[0]?.total).toBe('166.10');
});

it('shows them on the page and in TMF678', async () => {
  const [july] = await bills(first.account.accountId);
  const page = await operator.rest('GET', `${july?.pageUrl}&lang=zh-CN`, undefined, { role: null });
  for (const text of ['账户优惠', '双卡优惠', '-15.90', '-5.00', '分摊']) expect(page.text).toContain(text);
  const rates = await operator.rest(
    'GET',
    `/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate?bill.id=${july?.id}`,
  );
  expect(rates.text).toContain('{"name":"discount:two-plans","valueType":"number","value":15.90}');
});

it('previews the group as it would be billed', async () => {
  const query = `query ($id: ID!) { previewBill(accountId: $id, period: "2026-08") { total ${applied} } }`;
  const { previewBill } = await desk.ask<{ previewBill: { total: string; discounts: Applied[] } }>(
    query,
    { id: second.account.accountId },
    'counter',
  );
  expect([previewBill.total, ...previewBill.discounts.map(({ amount }) => amount)]).toEqual([
    '166.10',
    '15.90',
    '5.00',
  ]);
});

it('takes the group’s discount back from the other account when one had left before', async () => {
  for (const product of second.products) {
    const payload = { ...product, effectiveTo: instantFromIso('2026-07-01T00:00:00+08:00') };
    await operator.publish('product.terminated.v1', {
      aggregateId: payload.productId,
      lane: second.lane,
      version: 2,
      payload,
    });
  }
  await closeSource(operator, '2026-09-01T00:00:00+08:00');
  await operator.moveClock('2026-09-01T06:00:00+08:00');
  await operator.settle();
  const [august] = await bills(first.account.accountId);
  const late = august?.lines.filter(({ servicePeriod }) => servicePeriod === '2026-07') ?? [];
  expect(late.map(({ card, net }) => [card, net])).toEqual([
    ['main', '15.83'],
    ['sub1', '0.02'],
    ['sub2', '0.02'],
    ['iptv', '0.03'],
  ]);
  // 187.00 less 5.00 for August, and 15.90 for July.
  expect(august?.total).toBe('197.90');
  expect(august?.discounts.map(({ code, amount }) => [code, amount])).toEqual([
    ['from-150', '5.00'],
    ['two-plans', '-15.90'],
  ]);
  const [credit] = await bills(second.account.accountId);
  expect([credit?.period, credit?.total]).toEqual(['2026-08', '-166.10']);
});

it('writes nothing when it is run again', async () => {
  const answer = await desk.startRun({ period: '2026-08' }, 'again');
  await operator.settle();
  expect(await desk.run(answer.data?.startBillRun.id ?? '')).toMatchObject({ state: 'COMPLETED', added: 0 });
});

it('charges usage that another product makes cheaper, and what is missing to a minimum', async () => {
  const [sample] = usageTotalsOf(first, '2026-06');
  if (!sample) throw new Error('the family has no usage');
  await publishOffers(withUsageRules, 3);
  const totals = [{ ...sample, period: '2026-09', amount: '10.00' }];
  await publishUsage(operator, first, { period: '2026-09', version: 1, totals });
  await closeSource(operator, '2026-10-01T00:00:00+08:00');
  await operator.moveClock('2026-10-01T06:00:00+08:00');
  await operator.settle();
  const [september] = await bills(first.account.accountId);
  // Fees 187.00; calls 10.00 less 20 %; the minimum of 1.00 for SMS of each of three cards; 5.00 off.
  expect(september).toMatchObject({ period: '2026-09', total: '193.00' });
  const usage = september?.lines.filter(({ chargeClass }) => !chargeClass.endsWith('fee')) ?? [];
  expect(usage.map(({ card, chargeClass, amount }) => [card, chargeClass, amount])).toEqual([
    ['main', 'voice out of bundle', '10.00'],
    ['main', 'SMS', '1.00'],
    ['sub1', 'SMS', '1.00'],
    ['sub2', 'SMS', '1.00'],
  ]);
  // 5.00 × 8.00 ÷ 198.00 = 0.2020.
  expect(usage[0]?.net).toBe('7.80');
  for (const line of september?.lines ?? []) expect(line.explanation.result).toBe(line.net);
});

it('tells late usage that the minimum covers, for 0.00', async () => {
  const samples = usageTotalsOf(first, '2026-06');
  const of = (code: string) => samples.find(({ chargeCode, card }) => chargeCode === code && card === 'main');
  const [voice, sms] = [of('voice-out'), of('sms')];
  if (!voice || !sms) throw new Error('the family has no usage');
  const period = '2026-09';
  const totals = [
    { ...voice, period, amount: '10.00' },
    { ...sms, period, amount: '0.40' },
  ];
  await publishUsage(operator, first, { period, version: 2, totals });
  await closeSource(operator, '2026-11-01T00:00:00+08:00');
  await operator.moveClock('2026-11-01T06:00:00+08:00');
  await operator.settle();
  const [october] = await bills(first.account.accountId);
  const late = october?.lines.filter(({ servicePeriod }) => servicePeriod === period) ?? [];
  expect(late.map(({ card, chargeClass, amount, net }) => [card, chargeClass, amount, net])).toEqual([
    ['main', 'SMS', '0.00', '0.00'],
  ]);
  // Fees 187.00, three minimums of 1.00, 5.00 off.
  expect(october?.total).toBe('185.00');
});

it('passes the audit', async () => {
  const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
