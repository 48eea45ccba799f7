import type { UsagePrice } from '@ronghe/contracts';
import type { RestAnswer } from '@ronghe/testing';
import { auditDifferences, capSpending, deliver, usageCsv, type Family } from './family.fixture';
import { causeOf } from './session/network-function.fixture';
import { referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/** What a price gives free or flat is granted once, whoever asks: sessions hold what they would add to its counter. */

const label = { en: 'Content', 'zh-CN': '信息费' };
const perItem = { amount: '1.00', per: '1' };
const content: UsagePrice = {
  code: 'own',
  usageClass: 'content',
  chargeClass: 'content',
  label,
  taxClass: 'value-added',
  unit: 'item',
  increment: { initial: 1, repeat: 1 },
  model: { kind: 'per-unit', price: perItem },
  connectFee: null,
  counter: 'product',
  cap: null,
};
/** Ten items free, then 1.00 each. */
const freeItems: UsagePrice = { ...content, freeUnits: '10' };
/** 1.00 each, at most 5.00 for each hundred. */
const blocks: UsagePrice = {
  ...content,
  model: { kind: 'repeating-step', price: perItem, blockUnits: '100', blockMaximum: '5.00' },
};

let at: TariffSessions;
const start = async (price: UsagePrice): Promise<void> => {
  at = await TariffSessions.start('2026-06-20T09:00:00+08:00', {
    ratingGroups: [{ ratingGroup: 40, usageClass: 'content' }],
    prices: [price],
  });
};
afterEach(async () => {
  await at.operator.settle();
  const differences = await auditDifferences(at.operator);
  await at.operator.stop();
  expect(differences).toEqual([]);
});

const items = (wanted: number | null, used?: number, uPFID?: string) => ({
  ratingGroup: 40,
  ...(uPFID && { uPFID }),
  ...(wanted !== null && { requestedUnit: { serviceSpecificUnits: wanted } }),
  ...(used !== undefined && { usedUnitContainer: [{ localSequenceNumber: 1, serviceSpecificUnits: used }] }),
});
const ask = (family: Family, ...units: object[]) => at.open(family, { multipleUnitUsage: units });
let sequence = 0;
const report = (kind: 'update' | 'release', session: RestAnswer, ...units: object[]) =>
  at.report(kind, referenceOf(session), (sequence += 1), units);

interface Granted {
  grantedUnit?: { serviceSpecificUnits: number };
  finalUnitIndication?: object;
}
/** What was granted, by place; the last with `F`. */
const grantedOf = (answer: RestAnswer): string[] =>
  ((answer.body as { multipleUnitInformation?: Granted[] }).multipleUnitInformation ?? []).map(
    ({ grantedUnit, finalUnitIndication }) =>
      `${grantedUnit?.serviceSpecificUnits ?? 0}${finalUnitIndication ? 'F' : ''}`,
  );

/** What is held of the counter: its units and events; null: nothing. */
async function heldOf({ account }: Family): Promise<string | null> {
  const [row] = await at.operator.sql<{ held: string | null }>(
    `select counter_holds as held from charging.group_period where account_id = $1`,
    [account.accountId],
  );
  const [values] = Object.values(JSON.parse(row?.held ?? '{}') as Record<string, string[]>);
  return values ? values.join(' ') : null;
}

it('grants sessions of one account the free units once, then what the money buys', async () => {
  await start(freeItems);
  const family = await at.sell('1.00');
  const [a, b, c] = [
    await ask(family, items(10)),
    await ask(family, items(10)),
    await ask(family, items(10)),
  ];
  expect([grantedOf(a), grantedOf(b), causeOf(c)]).toEqual([['10'], ['1F'], 'QUOTA_LIMIT_REACHED']);
  expect(await at.moneyOf(family)).toBe('1000000 left, 1000000 reserved, 0 owed');
  expect(await heldOf(family)).toBe('11 1');
  await report('release', a, items(null, 10));
  await report('release', b, items(null, 1));
  expect(await at.moneyOf(family)).toBe('0 left, 0 reserved, 0 owed');
  expect(await heldOf(family)).toBeNull();
});

it('grants user planes of one request, and other requests of one session, the free units once', async () => {
  await start(freeItems);
  const family = await at.sell('0.01');
  const session = await ask(family, items(6, undefined, 'a'), items(10, undefined, 'b'));
  expect(grantedOf(session)).toEqual(['6', '4F']);
  expect(await at.moneyOf(family)).toBe('10000 left, 0 reserved, 0 owed');
  // What is reported leaves what it held to whoever asks next, also itself.
  expect(grantedOf(await report('update', session, items(10, 2, 'a')))).toEqual(['4F']);
  expect(grantedOf(await report('update', session, items(10, 0, 'b')))).toEqual(['4F']);
  expect(grantedOf(await report('update', session, items(null, 1, 'a')))).toEqual([]);
  expect(grantedOf(await report('update', session, items(10, 0, 'b')))).toEqual(['7F']);
  await report('release', session, items(null, 7, 'b'));
  expect(await at.ratedOf(family)).toEqual(['content 10 0']);
  expect(await heldOf(family)).toBeNull();
});

it('grants what is left of a block that is paid for once, and the next only for money', async () => {
  await start(blocks);
  const family = await at.sell('5.00');
  await report('release', await ask(family, items(5)), items(null, 5));
  expect(await at.moneyOf(family)).toBe('0 left, 0 reserved, 0 owed');
  const [a, b, c] = [await ask(family, items(90)), await ask(family, items(90)), await ask(family, items(1))];
  expect([grantedOf(a), grantedOf(b), causeOf(c)]).toEqual([['90'], ['5F'], 'QUOTA_LIMIT_REACHED']);
  await report('release', a, items(null, 90));
  await report('release', b, items(null, 5));
  expect(await at.moneyOf(family)).toBe('0 left, 0 reserved, 0 owed');
  expect(await at.ratedOf(family)).toEqual(['content 5 5000000', 'content 90 0', 'content 5 0']);
});

it('cuts nobody who was granted what is free before others came', async () => {
  await start(blocks);
  const family = await at.sell('10.00');
  await report('release', await ask(family, items(95)), items(null, 95));
  const [a, b] = [await ask(family, items(5)), await ask(family, items(5))];
  expect([grantedOf(a), grantedOf(b)]).toEqual([['5'], ['5']]);
  expect(await at.moneyOf(family)).toBe('5000000 left, 5000000 reserved, 0 owed');
  // Behind five that others hold, a sixth would cost what is not left; without them it is free.
  const { data, errors } = await at.operator.graphql<{ sessionsToCut: unknown[] }>(
    'query ($id: ID!) { sessionsToCut(accountId: $id) { chargingDataRef } }',
    { id: family.account.accountId },
  );
  expect([errors, data?.sessionsToCut]).toEqual([undefined, []]);
  await report('release', b, items(null, 5));
  await report('release', a, items(null, 5));
  // Five of the block that was paid for, five of the next.
  expect(await at.moneyOf(family)).toBe('0 left, 0 reserved, 0 owed');
});

it('keeps postpaid cards within a cap that blocks, and lets those without one hold nothing', async () => {
  await start(freeItems);
  const [plain, capped] = [await at.sell(null), await at.sell(null)];
  await capSpending(at.operator, capped.products['main']?.productId ?? '', '2.00');
  const sessions = [];
  for (const expected of [['10'], ['2F']]) {
    const session = await ask(capped, items(10));
    sessions.push(session);
    expect(grantedOf(session)).toEqual(expected);
  }
  expect(causeOf(await ask(capped, items(10)))).toBe('QUOTA_LIMIT_REACHED');
  expect(await heldOf(capped)).toBe('12 1');
  for (const session of sessions)
    await report('release', session, items(null, session === sessions[0] ? 10 : 2));
  expect(await at.ratedOf(capped)).toEqual(['content 10 0', 'content 2 2000000']);
  expect([grantedOf(await ask(plain, items(10))), grantedOf(await ask(plain, items(10)))]).toEqual([
    ['10'],
    ['10'],
  ]);
  expect(await heldOf(plain)).toBeNull();
});

it('gives back what a dead session holds, and keeps what others hold while files come and all is rated again', async () => {
  await start(freeItems);
  const family = await at.sell('0.00');
  const [a, b] = [await ask(family, items(7)), await ask(family, items(7))];
  expect([grantedOf(a), grantedOf(b)]).toEqual([['7'], ['3F']]);
  const call = (id: string, hour: string) =>
    `${id},voice,main,8613800138000,2026-06-20T${hour}:00:00+08:00,60,,`;
  await setOnline(family, ['content']);
  await deliver(at.operator, usageCsv([call('1', '08')], family), 'a.csv');
  await deliver(at.operator, usageCsv([call('0', '07')], family), 'b.csv');
  await at.operator.sql(`update charging.group_period set needs_rerate = true where account_id = $1`, [
    family.account.accountId,
  ]);
  await at.operator.settle();
  const marked = `select 1 from charging.group_period where needs_rerate`;
  expect(await at.operator.sql(marked)).toEqual([]);
  expect(await at.ratedOf(family)).toHaveLength(2);
  expect(await heldOf(family)).toBe('10 0');
  expect(causeOf(await ask(family, items(1)))).toBe('QUOTA_LIMIT_REACHED');
  await at.operator.sql(`update charging.session set expires_at = '2000-01-01' where session_id = $1`, [
    referenceOf(a),
  ]);
  await at.operator.sql(`update charging.session_deadline set expires_at = '2000-01-01'`);
  await at.operator.settle();
  expect(await heldOf(family)).toBe('3 0');
  expect(grantedOf(await ask(family, items(9)))).toEqual(['7F']);
});

it('is compared by the audit', async () => {
  await start(freeItems);
  const family = await at.sell('1.00');
  const session = await ask(family, items(10));
  const wrong = `update charging.group_period set counter_holds = replace(counter_holds, $1, $2) where account_id = $3`;
  await at.operator.sql(wrong, ['"10"', '"11"', family.account.accountId]);
  expect(await auditDifferences(at.operator)).toMatchObject([{ name: 'counter-holds-equal-reservations' }]);
  await at.operator.sql(wrong, ['"11"', '"10"', family.account.accountId]);
  expect(await auditDifferences(at.operator)).toEqual([]);
  await at.operator.sql(`update charging.group_period set counter_holds = null`);
  expect(await auditDifferences(at.operator)).toMatchObject([{ name: 'counter-holds-equal-reservations' }]);
  await at.operator.sql(`update charging.session set reserved = '[]' where session_id = $1`, [
    referenceOf(session),
  ]);
});

/** What is charged online of it from now on. */
async function setOnline(family: Family, onlineClasses: string[]): Promise<void> {
  const product = family.products['main'];
  if (!product) throw new Error('no card');
  const payload = { ...product, onlineClasses };
  const { productId: aggregateId, lane } = product;
  await at.operator.publish('product.changed.v1', { aggregateId, lane, version: 2, payload });
  await at.operator.settle();
}
