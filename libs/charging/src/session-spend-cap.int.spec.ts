import { newId } from '@ronghe/kernel';
import {
  auditDifferences,
  capSpending,
  countedSpending,
  deliver,
  usageCsv,
  type Family,
} from './family.fixture';
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

const cap = (family: Family, amount: string | null, more: object = {}): Promise<unknown> =>
  capSpending(tariff.operator, productOf(family), amount, more);

/** The notices that a card has reached its cap: `PERIOD THRESHOLD SPENT`. */
async function capNotices(family: Family): Promise<string[]> {
  const rows = await tariff.operator.sql<{ row: string }>(
    `select subject || ' ' || threshold || ' ' || remaining as row from charging.balance_notice
     where kind = 'spend-cap' and product_id = $1 order by subject`,
    [productOf(family)],
  );
  return rows.map(({ row }) => row.replace(`/${productOf(family)}/cap`, ''));
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
  expect(await capNotices(family)).toEqual(['2026-06 10.00 10.20']);
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
  await tariff.operator.settle();
  expect(await capNotices(plain)).toEqual(['2026-06-20 5.00 5.00']);
  expect(await capNotices(own)).toEqual(['2026-06-20 7.00 7.00']);
  // A file reaches the policy's cap of a day too, and more of it is no news.
  await setOnline(plain, ['data']);
  const call = (id: string, seconds: number) =>
    `${id},voice,main,8613800138000,2026-06-21T08:00:0${id}+08:00,${seconds},,`;
  await deliver(tariff.operator, usageCsv([call('1', 600)], plain), 'a.csv');
  expect(await capNotices(plain)).toEqual(['2026-06-20 5.00 5.00', '2026-06-21 5.00 6.60']);
  await deliver(tariff.operator, usageCsv([call('2', 600)], plain), 'b.csv');
  expect(await capNotices(plain)).toHaveLength(2);
  expect(await cap(plain, '-1')).toBe('amount_invalid');
  expect(await cap(plain, '1', { productId: newId() })).toBe('product_not_found');
});

it('counts each side of midnight on its own day, and rates again under the same count', async () => {
  await start();
  const family = await tariff.sell(null);
  await cap(family, '5.00', { per: 'DAY' });
  await tariff.operator.moveClock('2026-06-20T21:00:00+08:00');
  const first = await ask(family, 400);
  expect(kilobytesOf(first)).toEqual([400]);
  // 300 KB by day, then 0.001 each: the side that is reported apart begins at 22:00.
  const sides = [
    {
      localSequenceNumber: 1,
      totalVolume: 300 * KB,
      triggers: [{ triggerType: 'TARIFF_TIME_CHANGE', triggerCategory: 'IMMEDIATE_REPORT' }],
      triggerTimestamp: '2026-06-20T22:00:00+08:00',
    },
    { localSequenceNumber: 2, totalVolume: 1000 * KB },
  ];
  await tariff.operator.moveClock('2026-06-20T23:00:00+08:00');
  await tariff.report('update', referenceOf(first), (sequence += 1), [
    { ratingGroup: 1, usedUnitContainer: sides },
  ]);
  expect(await countedSpending(tariff.operator, productOf(family))).toEqual(['2026-06-20 4000000']);
  await tariff.operator.moveClock('2026-06-21T09:00:00+08:00');
  await report('release', referenceOf(first), 500);
  // The night's side goes on, on the day on which it began; today nothing is spent.
  expect(await countedSpending(tariff.operator, productOf(family))).toEqual(['2026-06-20 4500000']);
  await setOnline(family, ['data']);
  const call = (id: string, at: string) => `${id},voice,main,8613800138000,${at}+08:00,120,,`;
  await deliver(tariff.operator, usageCsv([call('late', '2026-06-20T08:00:00')], family), 'late.csv');
  await deliver(tariff.operator, usageCsv([call('now', '2026-06-21T08:00:00')], family), 'now.csv');
  expect(await countedSpending(tariff.operator, productOf(family))).toEqual([
    '2026-06-20 6300000',
    '2026-06-21 1800000',
  ]);
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
