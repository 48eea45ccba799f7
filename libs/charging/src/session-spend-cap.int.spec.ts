import { newId } from '@ronghe/kernel';
import { auditDifferences, deliver, usageCsv, type Family } from './family.fixture';
import { causeOf, granted } from './session/network-function.fixture';
import { KB, referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/** Cards that may spend so much a month or a day. Data 0.01 yuan a KB by day, calls 0.02 a second, from the second minute 0.01. */

let tariff: TariffSessions;
const start = async (more: Parameters<typeof TariffSessions.start>[1] = {}): Promise<void> => {
  tariff = await TariffSessions.start('2026-06-20T09:00:00+08:00', more);
};
afterEach(async () => {
  const differences = await auditDifferences(tariff.operator);
  await tariff.operator.stop();
  expect(differences).toEqual([]);
});

const productOf = (family: Family) => family.products['main']?.productId ?? '';

async function cap(family: Family, amount: string | null, more: object = {}): Promise<unknown> {
  const input = { productId: productOf(family), amount, per: 'PERIOD', atLimit: 'BLOCK', reason: 'wish' };
  const answer = await tariff.operator.graphql(
    `mutation ($input: SetSpendCapInput!, $key: String!) {
      setSpendCap(input: $input, idempotencyKey: $key) { amount per atLimit span spent isReached } }`,
    { input: { ...input, ...more }, key: newId() },
  );
  return answer.errors?.[0]?.extensions?.['code'] ?? (answer.data as { setSpendCap: unknown }).setSpendCap;
}

const ask = (family: Family, kilobytes: number) =>
  tariff.open(family, {
    multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: kilobytes * KB } }],
  });
let sequence = 0;
const report = (kind: 'update' | 'release', reference: string, used: number, wanted?: number) =>
  tariff.report(kind, reference, (sequence += 1), [
    {
      ratingGroup: 1,
      ...(wanted !== undefined && { requestedUnit: { totalVolume: wanted * KB } }),
      usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: used * KB }],
    },
  ]);
const kilobytesOf = (answer: Awaited<ReturnType<typeof ask>>) =>
  granted(answer).map(({ grantedUnit }) => (grantedUnit?.totalVolume ?? 0) / KB);

it('grants a postpaid card nothing that would cost more than its cap, and at once more when it is raised', async () => {
  await start();
  const family = await tariff.sell(null);
  expect(await cap(family, '10.00')).toEqual({
    ...{ amount: '10.00', per: 'PERIOD', atLimit: 'BLOCK', span: '2026-06', spent: '0.00', isReached: false },
  });
  const first = await ask(family, 600);
  expect(kilobytesOf(first)).toEqual([600]);
  const second = await ask(family, 600);
  expect(kilobytesOf(second)).toEqual([400]);
  expect(granted(second)[0]).toMatchObject({ finalUnitIndication: { finalUnitAction: 'TERMINATE' } });
  const third = await ask(family, 1);
  expect([third.status, causeOf(third)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
  // What is reported is charged, also beyond it.
  await report('release', referenceOf(first), 800);
  const more = await report('update', referenceOf(second), 300, 100);
  expect([more.status, kilobytesOf(more), granted(more)[0]?.resultCode]).toEqual([
    200,
    [0],
    'QUOTA_LIMIT_REACHED',
  ]);
  expect(await cap(family, '12.00')).toMatchObject({ amount: '12.00', spent: '11.00', isReached: false });
  expect(kilobytesOf(await report('update', referenceOf(second), 0, 500))).toEqual([100]);
  expect(await cap(family, null)).toBeNull();
  expect(kilobytesOf(await report('update', referenceOf(second), 0, 500))).toEqual([500]);
  await report('release', referenceOf(second), 0);
});

it('counts usage files too, which are rated all the same, says so once, and begins anew with each period', async () => {
  await start();
  const family = await tariff.sell('1000.00');
  await cap(family, '10.00', { atLimit: 'NOTIFY' });
  const call = (id: string, at: string, seconds: number) =>
    `${id},voice,main,8613800138000,${at}+08:00,${seconds},,`;
  await setOnline(family, ['data']);
  // 60 × 0.02 + 900 × 0.01 = 10.20.
  await deliver(tariff.operator, usageCsv([call('a1', '2026-06-20T08:00:00', 960)], family), 'a.csv');
  await deliver(tariff.operator, usageCsv([call('a2', '2026-06-20T08:30:00', 60)], family), 'b.csv');
  expect(await tariff.ratedOf(family)).toEqual(['voice 960 10200000', 'voice 60 1200000']);
  const notices = await tariff.operator.sql<{ threshold: string; remaining: string }>(
    `select threshold, remaining from charging.balance_notice where kind = 'spend-cap' and product_id = $1`,
    [productOf(family)],
  );
  expect(notices).toEqual([{ threshold: '10.00', remaining: '10.20' }]);
  const notified = await ask(family, 100);
  expect(kilobytesOf(notified)).toEqual([100]);
  await report('release', referenceOf(notified), 0);
  await cap(family, '10.00');
  expect(causeOf(await ask(family, 100))).toBe('QUOTA_LIMIT_REACHED');
  await tariff.operator.moveClock('2026-07-01T09:00:00+08:00');
  const later = await ask(family, 2000);
  expect(kilobytesOf(later)).toEqual([1000]);
  await report('release', referenceOf(later), 0);
});

it("holds by the day, and lets the policy's cap be everybody's unless a product has its own", async () => {
  await start({ spendCap: { amount: '5.00', per: 'day' } });
  const [plain, own] = [await tariff.sell(null), await tariff.sell(null)];
  await cap(own, '7.00', { per: 'DAY' });
  for (const [family, most] of [
    [plain, 500],
    [own, 700],
  ] as const) {
    const today = await ask(family, 2000);
    expect(kilobytesOf(today)).toEqual([most]);
    await report('release', referenceOf(today), most);
    expect(causeOf(await ask(family, 1))).toBe('QUOTA_LIMIT_REACHED');
  }
  await tariff.operator.moveClock('2026-06-21T09:00:00+08:00');
  const tomorrow = await ask(plain, 2000);
  expect(kilobytesOf(tomorrow)).toEqual([500]);
  await report('release', referenceOf(tomorrow), 0);
  expect(await cap(plain, '-1')).toBe('amount_invalid');
  expect(await cap(plain, '1', { productId: newId() })).toBe('product_not_found');
});

/** What is charged online of it from now on. */
async function setOnline(family: Family, onlineClasses: string[]): Promise<void> {
  const product = family.products['main'];
  if (!product) throw new Error('no card');
  const payload = { ...product, onlineClasses };
  const { productId: aggregateId, lane } = product;
  await tariff.operator.publish('product.changed.v1', { aggregateId, lane, version: 2, payload });
  await tariff.operator.settle();
}
