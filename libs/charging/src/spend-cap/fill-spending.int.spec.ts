import { auditDifferences, capSpending, deliver, usageCsv, type Family } from '../family.fixture';
import { CountSpending1700000000320 } from '../migrations/1700000000320-count-spending';
import { TariffSessions } from '../session/tariff-sessions.fixture';

/** Migration 320 counts what was rated before spending was counted: its rows are made as they were, then it runs. */

let tariff: TariffSessions;
beforeAll(async () => {
  tariff = await TariffSessions.start('2026-06-20T09:00:00+08:00');
});
afterAll(() => tariff?.operator.stop());

const productOf = (family: Family) => family.products['main']?.productId ?? '';

/** Calls at 0.02 yuan a second, from the second minute 0.01; charged by file, as a class that is not online. */
async function call(family: Family, id: string, at: string, seconds: number): Promise<void> {
  const line = `${id},voice,main,8613800138000,${at}+08:00,${seconds},,`;
  await deliver(tariff.operator, usageCsv([line], family), `${id}.csv`);
}

async function sell(): Promise<Family> {
  const family = await tariff.sell(null);
  const product = family.products['main'];
  if (!product) throw new Error('no card');
  const payload = { ...product, onlineClasses: ['data' as const] };
  const { productId: aggregateId, lane } = product;
  await tariff.operator.publish('product.changed.v1', { aggregateId, lane, version: 2, payload });
  await tariff.operator.settle();
  return family;
}

/** What is counted, by period; null where nothing is. */
async function counted(family: Family): Promise<[period: string, spent: unknown][]> {
  const rows = await tariff.operator.sql<{ period: string; spent: unknown }>(
    'select period, spent from charging.group_period where account_id = $1 order by period',
    [family.account.accountId],
  );
  return rows.map(({ period, spent }) => [period, spent]);
}

it('counts for accounts that cap spending, by product and local day, what was rated before', async () => {
  const [capped, idle, free] = [await sell(), await sell(), await sell()];
  for (const family of [capped, idle])
    await capSpending(tariff.operator, productOf(family), '1000.00', { atLimit: 'NOTIFY' });
  // The second call ends after midnight and belongs to the day on which it began: 16:00 in the other zone.
  await call(capped, 'a1', '2026-06-20T08:00:00', 960);
  await call(capped, 'a2', '2026-06-19T23:59:30', 60);
  await call(capped, 'a3', '2026-06-20T08:30:00', 60);
  await call(free, 'b1', '2026-06-20T08:00:00', 60);
  await tariff.operator.moveClock('2026-07-02T09:00:00+08:00');
  await call(capped, 'a4', '2026-07-01T00:00:00', 30);
  await tariff.operator.settle();
  const byCode = await counted(capped);

  await tariff.operator.sql('alter table charging.group_period drop column spent');
  const migration = new CountSpending1700000000320();
  await migration.up({ query: (text: string) => tariff.operator.sql(text) } as never);

  const product = productOf(capped);
  expect(await counted(capped)).toEqual([
    ['2026-06', { [product]: { '2026-06-19': '1200000', '2026-06-20': '11400000' } }],
    ['2026-07', { [product]: { '2026-07-01': '600000' } }],
  ]);
  // Alike where it was counted as it came: a period that was open before the cap is counted once somebody has to.
  expect(byCode).toEqual([['2026-06', null], (await counted(capped))[1]]);
  expect(await counted(idle)).toEqual([
    ['2026-06', {}],
    ['2026-07', {}],
  ]);
  expect(await counted(free)).toEqual([
    ['2026-06', null],
    ['2026-07', null],
  ]);
  // And goes on from there.
  await call(capped, 'a5', '2026-07-01T08:00:00', 60);
  expect((await counted(capped))[1]).toEqual(['2026-07', { [product]: { '2026-07-01': '1800000' } }]);
  expect(await auditDifferences(tariff.operator)).toEqual([]);
});
