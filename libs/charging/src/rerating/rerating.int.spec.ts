import { amountFromDecimal } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  usageCsv,
  type Family,
} from '../family.fixture';
import {
  command,
  corrected,
  give,
  look,
  offerOf,
  PLAN,
  preview,
  publishOffer,
  ratingHash,
} from './rerating.fixture';

/** A wrong tariff is published, used and mended: the preview says what applying does, to the micro-yuan. */

let operator: TestOperator;
let first: Family;
let second: Family;

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  first = await sellFamily(operator, ['main', 'sub1']);
  second = await sellFamily(operator, ['main'], { bundle: false });
  await operator.settle();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  await deliver(operator, usageCsv(records('a', 12), first), 'first.csv');
  await deliver(operator, usageCsv(records('b', 12), second), 'second.csv');
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
  await operator.stop();
});

const at = (day: number, month = '06') => `2026-${month}-${String(day).padStart(2, '0')}T08:00:00+08:00`;

/** Twelve calls of 200 minutes each cross the allowance; a message beside them is none of the tariff's business. */
function records(prefix: string, count: number): string[] {
  const calls = Array.from({ length: count }, (_, n) => `${prefix}v${n},voice,main,,${at(12 + n)},12000,,`);
  return [...calls, `${prefix}s1,sms,main,,${at(13)},,,1`];
}

async function voiceTotal(family: Family): Promise<string> {
  const [row] = await operator.sql<{ sum: string }>(
    `select sum(amount) from charging.rated_usage where account_id = $1 and charge_code = 'voice-out'`,
    [family.account.accountId],
  );
  return row?.sum ?? '0';
}

it('previews without writing, applies exactly that, and then finds nothing more', async () => {
  const before = await voiceTotal(second);
  await publishOffer(operator, corrected('0.10'));
  const untouched = await ratingHash(operator);

  const shown = await preview(operator, { offeringCode: PLAN });
  expect(shown).toMatchObject({ state: 'PREVIEWED', outOfDate: false, problems: [] });
  expect(shown.progress).toEqual({ done: 2, total: 2, secondsLeft: null });
  // June's usage, and July's buckets, which name the version that grants them.
  expect(shown.summary).toMatchObject({ accounts: 2, periods: 4, applied: 0 });
  expect(await ratingHash(operator)).toBe(untouched);

  // Ten fen instead of fifteen a minute.
  const [delta] = shown.deltas.edges.filter(
    ({ node }) => node.accountId === second.account.accountId && node.chargeCode === 'voice-out',
  );
  expect(delta?.node).toMatchObject({
    chargeCode: 'voice-out',
    pricedBefore: `${PLAN}@1`,
    pricedAfter: `${PLAN}@2`,
  });
  expect(BigInt(before) * 10n).toBe(amountFromDecimal(delta?.node.after ?? '') * 15n);
  expect(shown.charges.map(({ chargeCode }) => chargeCode)).toContain('voice-out');

  const applied = await command(operator, 'applyRerating', shown.reratingId);
  expect(applied).toMatchObject({ state: 'APPLIED', summary: { ...shown.summary, applied: 4 } });
  expect(applied.deltas).toEqual(shown.deltas);
  const [journal] = await operator.sql<{ sum: string; rows: string }>(
    `select sum(amount_delta) as sum, count(*) as rows from charging.rerate where cause = $1`,
    [`rerating ${shown.reratingId}`],
  );
  expect(BigInt(journal?.sum ?? 0)).toBe(amountFromDecimal(shown.summary.delta));
  expect(BigInt(await voiceTotal(second)) * 15n).toBe(BigInt(before) * 10n);

  const after = await ratingHash(operator);
  await command(operator, 'applyRerating', shown.reratingId);
  const again = await preview(operator, { usedFrom: '2026-01-01T00:00:00+08:00' });
  expect(again.summary).toMatchObject({ periods: 0, changed: 0, delta: '0.00' });
  expect((await command(operator, 'applyRerating', again.reratingId)).state).toBe('APPLIED');
  expect(await ratingHash(operator)).toBe(after);
});

it('rates only what the scope names', async () => {
  await publishOffer(operator, corrected('0.10'));
  const untouched = await voiceTotal(first);
  const shown = await preview(operator, {
    accountId: second.account.accountId,
    usageClass: 'VOICE',
    source: 'mediation',
  });
  expect(new Set(shown.deltas.edges.map(({ node }) => node.accountId))).toEqual(
    new Set([second.account.accountId]),
  );
  expect((await preview(operator, { offeringCode: PLAN, offeringVersion: 7 })).summary.periods).toBe(0);
  expect(
    (await preview(operator, { usedFrom: at(1), usedTo: at(12), usageClass: 'VOICE' })).summary.periods,
  ).toBe(0);
  expect((await preview(operator, { usedFrom: at(12), usedTo: at(13) })).summary.accounts).toBe(2);
  await command(operator, 'applyRerating', shown.reratingId);
  expect(await voiceTotal(first)).toBe(untouched);
});

it('previews again what was rated meanwhile, and applies the rest', async () => {
  await publishOffer(operator, corrected('0.10'));
  const shown = await preview(operator, { offeringCode: PLAN });
  await deliver(operator, usageCsv([`late,voice,main,,${at(11)},60000,,`], first), 'meanwhile.csv');
  expect((await look(operator, shown.reratingId)).outOfDate).toBe(true);

  const half = await command(operator, 'applyRerating', shown.reratingId);
  // What came in between put its card group in order, so that the mended price holds there already.
  expect(half).toMatchObject({ state: 'APPLIED', summary: { periods: 2, applied: 2, recomputed: 0 } });
  expect((await preview(operator, { offeringCode: PLAN })).summary.periods).toBe(0);
});

it('waits for a second decision where the rest comes out otherwise', async () => {
  await publishOffer(operator, corrected('0.10'));
  const shown = await preview(operator, { offeringCode: PLAN });
  // In order, so it is rated at once and nothing behind it has to be looked at.
  await deliver(operator, usageCsv([`next,voice,main,,${at(29)},600,,`], second), 'meanwhile.csv');
  const half = await command(operator, 'applyRerating', shown.reratingId);
  expect(half).toMatchObject({
    state: 'PREVIEWED',
    outOfDate: false,
    summary: { periods: 4, applied: 2, recomputed: 2 },
  });
  const whole = await command(operator, 'applyRerating', shown.reratingId);
  expect(whole).toMatchObject({ state: 'APPLIED', summary: { periods: 4, applied: 4, recomputed: 0 } });
  expect((await preview(operator, { offeringCode: PLAN })).summary.periods).toBe(0);
});

it('refuses to apply what was previewed under other documents', async () => {
  await publishOffer(operator, corrected('0.10'));
  const shown = await preview(operator, { offeringCode: PLAN });
  await publishOffer(operator, corrected('0.12', { version: 3 }));
  expect((await look(operator, shown.reratingId)).outOfDate).toBe(true);
  const refused = await give(operator, 'applyRerating', shown.reratingId);
  expect(refused.errors?.[0]?.extensions.code).toBe('rerating_out_of_date');
  const anew = await command(operator, 'previewReratingAgain', shown.reratingId);
  expect(anew.deltas.edges[0]?.node.pricedAfter).toBe(`${PLAN}@3`);
  expect((await command(operator, 'cancelRerating', shown.reratingId)).state).toBe('CANCELLED');
  const late = await give(operator, 'applyRerating', shown.reratingId);
  expect(late.errors?.[0]?.extensions.code).toBe('rerating_state_conflict');
});

it('leaves periods alone that the mended offer cannot price, and says which', async () => {
  const before = await ratedByRecord(operator);
  const plan = offerOf(PLAN);
  const usagePrices = plan.usagePrices.filter(({ code }) => code !== 'sms');
  await publishOffer(operator, { ...plan, version: 2, corrects: 1, usagePrices });
  const shown = await preview(operator, { offeringCode: PLAN });
  expect(shown.summary).toMatchObject({ problems: 2, changed: 0 });
  expect(shown.problems[0]?.reason).toMatch(/^usage_price_missing: /);
  await command(operator, 'applyRerating', shown.reratingId);
  expect(await ratedByRecord(operator)).toEqual(before);
});

it('mends allowances, and what was rolled over from them', async () => {
  await operator.moveClock('2026-08-01T00:00:00+08:00');
  await deliver(operator, usageCsv([`j1,data,main,,${at(3, '07')},,${90 * 1_048_576},`], second), 'july.csv');
  const plan = offerOf(PLAN);
  const allowances = plan.allowances.map((allowance) =>
    allowance.code === 'data' ? { ...allowance, quantity: String(80 * 1_048_576) } : allowance,
  );
  await publishOffer(operator, { ...plan, version: 2, corrects: 1, allowances });
  const shown = await preview(operator, { accountId: second.account.accountId });
  // June's calls cost the same, now by version 2; July has 20 GB more, and August what is left of them.
  const july = shown.deltas.edges.filter(({ node }) => node.period === '2026-07');
  expect(july.map(({ node }) => [node.chargeCode, node.changed])).toEqual([['data-out', 1]]);
  expect(
    new Set(shown.deltas.edges.filter(({ node }) => node.period === '2026-06').map(({ node }) => node.delta)),
  ).toEqual(new Set(['0.00']));
  expect(shown.summary.periods).toBe(3);
  const applied = await command(operator, 'applyRerating', shown.reratingId);
  expect(applied).toMatchObject({ state: 'APPLIED', summary: { applied: 3, recomputed: 0 } });
  expect((await preview(operator, { accountId: second.account.accountId })).summary.periods).toBe(0);
});

it('tells billing of a closed period, whose difference goes on the next bill', async () => {
  const close = await operator.rest(
    'POST',
    '/usage/sources/mediation/close',
    { through: '2026-07-01T00:00:00+08:00' },
    { key: 'close june' },
  );
  expect(close.status).toBe(202);
  await publishOffer(operator, corrected('0.10'));
  const told = await lastTold();
  const shown = await preview(operator, { accountId: second.account.accountId });
  await command(operator, 'applyRerating', shown.reratingId);
  const now = await lastTold();
  expect(now.version).toBe(told.version + 1);
  const voice = now.totals.filter((total) => total.chargeCode === 'voice-out');
  expect(voice.map(({ offeringVersion, eventCount }) => [offeringVersion, eventCount])).toEqual([
    [1, 0],
    [2, 12],
  ]);
  const difference = (totals: typeof told.totals): bigint =>
    totals.reduce((sum, { amount }) => sum + amountFromDecimal(amount), 0n);
  expect(difference(now.totals) - difference(told.totals)).toBe(amountFromDecimal(shown.summary.delta));
});

async function lastTold(): Promise<{
  version: number;
  totals: { chargeCode: string; offeringVersion: number; eventCount: number; amount: string }[];
}> {
  const [row] = await operator.sql<{ version: number; payload: { totals: never[] } }>(
    `select version, payload from charging.outbox where type = 'usage-totals.published.v1' and aggregate_id = $1
     order by version desc limit 1`,
    [`${second.account.accountId}/2026-06`],
  );
  return { version: row?.version ?? 0, totals: row?.payload.totals ?? [] };
}

it('refuses a scope that names nothing', async () => {
  const answer = await operator.graphql(
    `mutation { previewRerating(input: { reason: "all" }, idempotencyKey: "none") { state } }`,
    {},
    'billing',
  );
  expect(answer.errors?.[0]?.extensions.code).toBe('rerating_scope_invalid');
  const clerk = await operator.graphql(
    `mutation { previewRerating(input: { reason: "x", offeringCode: "x" }, idempotencyKey: "n") { state } }`,
  );
  expect(clerk.errors?.[0]?.extensions.kind).toBe('forbidden');
});
