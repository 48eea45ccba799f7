import { instantFromIso } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import fc from 'fast-check';
import { chargingDomain } from './charging.domain';
import { UsageRating } from './usage/usage-rating.service';
import {
  auditDifferences,
  capSpending,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  terminate,
  usageCsv,
} from './family.fixture';

/** Usage in any order, late, under changing grants: the result is that of the canonical order. */

let operator: TestOperator;
const cards = ['main', 'sub1', 'broadband', 'fixed'];

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
  await operator.stop();
});

const GB = 1_048_576;
const at = (day: number, hour = 8) =>
  `2026-06-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00+08:00`;

/** Crosses the edges of the minutes (1334) and of the 40 GB of June, and the step of the first out-of-bundle GB. */
function edgyRecords(prefix: string): string[] {
  const calls = Array.from(
    { length: 14 },
    (_, n) => `${prefix}v${n},voice,${n % 2 ? 'main' : 'sub1'},,${at(12 + n)},6000,,`,
  );
  const data = Array.from(
    { length: 9 },
    (_, n) => `${prefix}d${n},data,${n % 2 ? 'main' : 'sub1'},,${at(12 + n, 9)},,${5 * GB},`,
  );
  return [...calls, ...data, `${prefix}s1,sms,main,,${at(13)},,,1`];
}

async function rerates(): Promise<{ period: string; changed: number }[]> {
  return operator.sql(`select period, changed from charging.rerate order by rerate_id`);
}

it('rates any cut and order of the same records alike', async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const straight = await sellFamily(operator, cards);
  const shuffled = await sellFamily(operator, cards);
  await operator.settle();
  // What is spent is counted alike.
  const capped = [straight, shuffled].map(({ products }) => products['main']?.productId ?? '');
  for (const productId of capped) await capSpending(operator, productId, '1.00', { atLimit: 'NOTIFY' });
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  await deliver(
    operator,
    usageCsv(
      edgyRecords('a').sort((x, y) => (timeOf(x) < timeOf(y) ? -1 : 1)),
      straight,
    ),
  );
  const [mixed] = fc.sample(fc.shuffledSubarray(edgyRecords('b'), { minLength: edgyRecords('b').length }), {
    seed,
    numRuns: 1,
  });
  const parts = [mixed?.slice(0, 9), mixed?.slice(9, 15), mixed?.slice(15)];
  for (const part of parts) await deliver(operator, usageCsv(part ?? [], shuffled));

  const rated = await ratedByRecord(operator);
  const resultsOf = (prefix: string) =>
    Object.fromEntries(
      Object.entries(rated)
        .filter(([id]) => id.startsWith(prefix))
        .map(([id, result]) => [id.slice(1), result]),
    );
  expect(resultsOf('b')).toEqual(resultsOf('a'));
  expect(Object.keys(resultsOf('a'))).toHaveLength(24);
  const charged = Object.entries(resultsOf('a')).filter(([, result]) => !result.startsWith('0 '));
  expect(charged.map(([id]) => id)).toEqual(['d8', 's1', 'v13']);
  const [left] = await operator.sql(
    `select count(*)::int as marked from charging.group_period where needs_rerate`,
  );
  expect(left).toEqual({ marked: 0 });
});

it('leaves usage in order alone and changes nothing by rating it again', async () => {
  const family = await sellFamily(operator, cards);
  await operator.settle();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  await deliver(
    operator,
    usageCsv(
      edgyRecords('a').sort((x, y) => (timeOf(x) < timeOf(y) ? -1 : 1)),
      family,
    ),
  );
  const before = await ratedByRecord(operator);
  await operator.sql(`update charging.group_period set needs_rerate = true`);
  await operator.settle();
  expect(await ratedByRecord(operator)).toEqual(before);
  expect(await rerates()).toEqual([]);
});

it('takes what is left over into the next period, and back when usage of the last comes late', async () => {
  const family = await sellFamily(operator, cards);
  await operator.settle();
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  const rolled = async () =>
    (
      await operator.sql<{ granted: string; used: string }>(
        `select granted, granted - remaining as used from charging.bucket_balance where period = '2026-07' and origin = 'rolled' and unit = 'kb'`,
      )
    )[0];
  expect(await rolled()).toEqual({ granted: String(40 * GB), used: '0' });

  await deliver(operator, usageCsv([`l1,data,main,,${at(20)},,${30 * GB},`], family));
  expect(await rolled()).toEqual({ granted: String(10 * GB), used: '0' });
  await deliver(operator, usageCsv([`l2,data,main,,2026-07-01T09:00:00+08:00,,${4 * GB},`], family));
  expect(await rolled()).toEqual({ granted: String(10 * GB), used: String(4 * GB) });

  // 6 GB of June are still unused: late usage finds those and no more; the rest is charged.
  await operator.rest('POST', '/usage/sources/mediation/close', { through: '2026-07-01T00:00:00+08:00' });
  await deliver(operator, usageCsv([`l3,data,sub1,,${at(15)},,${7 * GB},`], family));
  expect(await rolled()).toEqual({ granted: String(4 * GB), used: String(4 * GB) });
  const rated = await ratedByRecord(operator);
  expect(rated['l1']).toBe(`0 convergent-199/data:${30 * GB}`);
  expect(rated['l2']).toBe(`0 rolled/convergent-199/data:${4 * GB}`);
  expect(rated['l3']).toBe(`3000000 convergent-199/data:${6 * GB}`);
  const [late] = await operator.sql(`select is_late from charging.rated_usage where record_id = 'l3'`);
  expect(late).toEqual({ is_late: true });

  const explained = await operator.graphql<{ explainUsage: unknown }>(
    `query ($account: ID!, $usage: ID!) { explainUsage(accountId: $account, usageId: $usage) { matches recomputed } }`,
    { account: family.account.accountId, usage: await usageIdOf('l3') },
  );
  expect(explained.data?.explainUsage).toEqual({ matches: true, recomputed: '3.00' });
});

it('corrects the roll-over also where the next period is read before usage of the last is written', async () => {
  const family = await sellFamily(operator, cards);
  await operator.settle();
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  operator.get(UsageRating).groupsAtOnce = 1;
  const records = [
    `m1,data,main,,${at(20)},,${30 * GB},`,
    `m2,data,main,,2026-07-01T09:00:00+08:00,,${12 * GB},`,
  ];
  await deliver(operator, usageCsv(records, family));
  const rolled = await operator.sql(
    `select granted, remaining from charging.bucket_balance where period = '2026-07' and origin = 'rolled' and unit = 'kb'`,
  );
  expect(rolled).toEqual([{ granted: String(10 * GB), remaining: '0' }]);
  expect((await ratedByRecord(operator))['m2']).toBe(
    `0 rolled/convergent-199/data:${10 * GB} convergent-199/data:${2 * GB}`,
  );
});

it('sets usage of a period that was closed more than two periods ago aside', async () => {
  const family = await sellFamily(operator, cards);
  await operator.settle();
  await operator.moveClock('2026-09-02T00:00:00+08:00');
  const closed = await operator.rest('POST', '/usage/sources/mediation/close', {
    through: '2026-09-01T00:00:00+08:00',
  });
  expect(closed.status).toBe(202);
  const file = await deliver(
    operator,
    usageCsv([`t1,sms,main,,${at(15)},,,1`, 't2,sms,main,,2026-07-15T08:00:00+08:00,,,1'], family),
  );
  expect(file).toMatchObject({ rated: 1, suspended: 1 });
  expect(await operator.sql(`select record_id, reason from charging.suspended_usage`)).toEqual([
    { record_id: 't1', reason: 'too_late' },
  ]);
});

it('rates usage again when a product that comes or goes changes what it had', async () => {
  const family = await sellFamily(operator, ['main', 'sub1', 'broadband']);
  await operator.settle();
  await operator.moveClock('2026-06-20T00:00:00+08:00');
  await deliver(operator, usageCsv([`p1,voice,main,,${at(12)},72000,,`], family));
  // 1200 of the bundle's 1334 minutes. Ended as it began, the bundle never was: the plan has 667 for 20 days.
  expect((await ratedByRecord(operator))['p1']).toBe('0 convergent-199/voice:1200');
  const from = instantFromIso('2026-06-11T00:00:00+08:00');
  await terminate(operator, family, ['broadband'], from);
  await operator.settle();
  expect((await ratedByRecord(operator))['p1']).toBe(`${(1200 - 667) * 150_000} mobile-5g-199/voice:667`);
  expect(await rerates()).toEqual([{ period: '2026-06', changed: 1 }]);
});

it('sells a number that changed hands to whoever held it then', async () => {
  const first = await sellFamily(operator, ['main'], { bundle: false });
  const number = first.numberOf('main');
  await operator.settle();
  await operator.moveClock('2026-06-20T00:00:00+08:00');
  await terminate(operator, first, ['main'], instantFromIso('2026-06-15T00:00:00+08:00'));
  const second = await sellFamily(operator, ['main'], {
    bundle: false,
    from: '2026-06-18T00:00:00+08:00',
    number,
  });
  await operator.settle();
  const file = await deliver(
    operator,
    usageCsv([
      `n1,sms,${number},,${at(14)},,,1`,
      `n2,sms,${number},,${at(16)},,,1`,
      `n3,sms,${number},,${at(19)},,,1`,
    ]),
  );
  expect(file).toMatchObject({ rated: 2, suspended: 1 });
  const rows = await operator.sql(
    `select record_id, account_id from charging.rated_usage order by record_id`,
  );
  expect(rows).toEqual([
    { record_id: 'n1', account_id: first.account.accountId },
    { record_id: 'n3', account_id: second.account.accountId },
  ]);
});

async function usageIdOf(recordId: string): Promise<string> {
  const [row] = await operator.sql<{ usage_id: string }>(
    `select usage_id from charging.rated_usage where record_id = $1`,
    [recordId],
  );
  return row?.usage_id ?? '';
}

function timeOf(record: string): string {
  const [id = '', , , , start = ''] = record.split(',');
  return `${start} ${id}`;
}
