import type { NumberGradePolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { familyOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily } from '../../test/publish';
import { billingDomain } from '../index';

/** Sought-after numbers on issued bills: whose charges miss the minimum owes the rest, whose reach it owes nothing more. */
const policy: NumberGradePolicy = {
  ...{ kind: 'number-grade', code: 'number-minimum', version: 1 },
  ...{ effectiveFrom: parseLocalDate('2026-01-01'), effectiveTo: null },
  ...{ label: { en: 'Minimum of a number', 'zh-CN': '靓号保底差额' }, chargeClass: 'number minimum' },
  taxClass: 'value-added',
  minimums: [
    { grade: 'gold', amount: '68.00' },
    { grade: 'silver', amount: '10.00' },
    { grade: 'bronze', amount: '10.01' },
  ],
};
/** The plan costs 199.00 a month, a sub card 10.00. */
const sold = [
  { grade: 'gold', place: 1, total: '68.00', minimum: ['58.00'] },
  { grade: 'silver', place: 1, total: '10.00', minimum: [] },
  { grade: 'bronze', place: 1, total: '10.01', minimum: ['0.01'] },
  { grade: 'gold', place: 0, total: '199.00', minimum: [] },
].map((each, at) => {
  const family = familyOf(at + 1);
  const product = family.products[each.place];
  if (!product) throw new Error('the family has too few products');
  const number = {
    resourceId: 'n',
    kind: 'mobile_number' as const,
    value: `1330000888${at}`,
    grade: each.grade,
  };
  const alone = { bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null };
  return { ...each, family: { ...family, products: [{ ...product, ...alone, resources: [number] }] } };
});

let operator: TestOperator;
const desk = new Desk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  const publishedAt = '2026-06-01T00:00:00.000Z' as never;
  const payload = { code: policy.code, version: 1, document: policy, publishedAt };
  await operator.publish('policy.published.v1', { aggregateId: policy.code, lane: 0, payload });
  for (const { family } of sold) await publishFamily(operator, family);
  await operator.settle();
  await closeSource(operator, '2026-08-01T00:00:00+08:00');
  await operator.moveClock('2026-08-01T06:00:00+08:00');
});

afterAll(() => operator?.stop());

it.each(sold)('of grade $grade: $total', async ({ family, total, minimum }) => {
  const bills = await desk.bills(family.account.accountId);
  const july = bills.find(({ period }) => period === '2026-07');
  expect(july?.total).toBe(total);
  const missing = july?.lines.filter(({ chargeClass }) => chargeClass === policy.chargeClass);
  expect(missing?.map(({ net }) => net)).toEqual(minimum);
});
