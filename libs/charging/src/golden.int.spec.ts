import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UsageTotal } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  deliver,
  goldenRecords,
  publishDocuments,
  sellFamily,
  terminate,
  usageCsv,
  type Family,
} from './family.fixture';

/** The golden family lives June to September 2026 through charging: its usage in, the exact charges out. */

interface ExpectedBill {
  period: string;
  allowances: { rolledOverKb: number; baseKb: number; minutes: number; fixedMinutes: number };
  consumed: {
    rolledOverKb: number;
    baseKb: number;
    minutes: number;
    fixedMinutes: number;
    outOfBundleKb: number;
  };
  lines: { card: string; chargeClass: string; net: string }[];
}

const { bills } = JSON.parse(
  readFileSync(join(__dirname, '../../../testdata/golden/expected.json'), 'utf8'),
) as { bills: ExpectedBill[] };
const usageClasses = ['voice out of bundle', 'data out of bundle (group)', 'SMS'];

let operator: TestOperator;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'sub2', 'broadband', 'fixed', 'iptv']);
  await operator.settle();
});
afterAll(() => operator?.stop());

async function latestTotals(period: string): Promise<UsageTotal[]> {
  const [row] = await operator.sql<{ payload: { totals: UsageTotal[] } }>(
    `select payload from charging.outbox where type = 'usage-totals.published.v1' and aggregate_id = $1
     order by version desc limit 1`,
    [`${family.account.accountId}/${period}`],
  );
  return row?.payload.totals ?? [];
}

async function bucketFigures(period: string, column: 'granted' | 'granted - remaining') {
  const rows = await operator.sql<{ unit: string; origin: string; card_group_id: string; sum: string }>(
    `select unit, origin, card_group_id, sum(${column}) as sum from charging.bucket_balance where period = $1 group by 1, 2, 3`,
    [period],
  );
  const main = family.products['main']?.productId;
  const figure = (unit: string, origin: string, ofMain: boolean) =>
    Number(
      rows.find(
        (row) => row.unit === unit && row.origin === origin && (row.card_group_id === main) === ofMain,
      )?.sum ?? 0,
    );
  return {
    rolledOverKb: figure('kb', 'rolled', true),
    baseKb: figure('kb', 'base', true),
    minutes: figure('minute', 'base', true),
    fixedMinutes: figure('minute', 'base', false),
  };
}

it.each(bills)('rates $period as the case says', async ({ period, allowances, consumed, lines }) => {
  if (period === '2026-08') {
    await operator.moveClock('2026-08-16T00:00:00+08:00');
    await terminate(operator, family, ['broadband', 'iptv'], instantFromIso('2026-08-16T00:00:00+08:00'));
    await operator.settle();
  }
  const end = new Date(
    Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5)), 1) - 8 * 3_600_000,
  ).toISOString();
  await operator.moveClock(end);
  const records = goldenRecords().filter((record) => record.includes(`,${period}-`));
  const file = await deliver(operator, usageCsv(records, family), `golden-${period}.csv`);
  expect(file).toMatchObject({
    state: 'collected',
    read: records.length,
    rated: records.length,
    suspended: 0,
  });

  expect(await bucketFigures(period, 'granted')).toEqual(allowances);
  const totals = await latestTotals(period);
  const outOfBundleKb = Number(totals.find((total) => total.chargeCode === 'data-out')?.unitsCharged ?? 0);
  expect({ ...(await bucketFigures(period, 'granted - remaining')), outOfBundleKb }).toEqual(consumed);

  const charged = totals
    .filter((total) => total.amount !== '0.00')
    .map(({ card, chargeClass, amount }) => `${card} ${chargeClass} ${Number(amount).toFixed(2)}`);
  const expected = lines
    .filter((line) => usageClasses.includes(line.chargeClass))
    .map(({ card, chargeClass, net }) => `${card} ${chargeClass} ${net}`);
  expect(charged.sort()).toEqual(expected.sort());

  const close = await operator.rest(
    'POST',
    '/usage/sources/mediation/close',
    { through: end },
    { key: `close ${period}` },
  );
  expect(close).toMatchObject({
    status: 202,
    body: { source: 'mediation', through: new Date(end).toISOString() },
  });
});

it('adds nothing when every file comes again', async () => {
  const before = await operator.sql('select count(*), sum(amount) from charging.rated_usage');
  const again = await deliver(operator, usageCsv(goldenRecords(), family), 'again.csv');
  expect(again).toMatchObject({ read: 164, rated: 0, duplicates: 164, suspended: 0 });
  expect(await operator.sql('select count(*), sum(amount) from charging.rated_usage')).toEqual(before);
});
