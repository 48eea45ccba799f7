import type { UsagePrice, UsagePriceModel } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { auditDifferences, type Family } from './family.fixture';
import { causeOf, granted } from './session/network-function.fixture';
import { referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/**
 * Content over Nchf: no request carries an amount (TS 32.291 has none), so the price of a rating group's units is the
 * plan's own, or what the policy says that the provider asks for each.
 */

const label = { en: 'Content', 'zh-CN': '信息费' };
const price = (code: string, model: UsagePriceModel, from: string, to: string | null): UsagePrice => ({
  code,
  usageClass: 'content',
  chargeClass: 'content',
  label,
  taxClass: 'value-added',
  unit: 'item',
  increment: { initial: 1, repeat: 1 },
  model,
  connectFee: null,
  counter: 'product',
  cap: null,
  inForce: { from: parseLocalDate(from), to: to === null ? null : parseLocalDate(to) },
});

let at: TariffSessions;
beforeAll(async () => {
  at = await TariffSessions.start('2026-06-20T12:00:00+08:00', {
    prices: [
      price('own', { kind: 'per-unit', price: { amount: '1.50', per: '1' } }, '2026-01-01', '2026-06-22'),
      price('provider', { kind: 'dynamic', multiplier: '1.15' }, '2026-06-22', '2026-06-24'),
      price(
        'share',
        {
          kind: 'percentage',
          percent: '10',
          fixedPerEvent: '0.20',
          minimumPerEvent: null,
          maximumPerEvent: null,
          freeEvents: '0',
          freeAmount: null,
        },
        '2026-06-24',
        null,
      ),
    ],
    ratingGroups: [
      { ratingGroup: 40, usageClass: 'content' },
      { ratingGroup: 41, usageClass: 'content', each: '2.00' },
      { ratingGroup: 42, usageClass: 'content', each: '5.00' },
    ],
  });
});
afterAll(() => at?.operator.stop());
afterEach(async () => {
  await at.operator.settle();
  expect(await auditDifferences(at.operator)).toEqual([]);
});

const items = (ratingGroup: number, requested: number | null, used?: number) => ({
  ratingGroup,
  ...(requested === null ? {} : { requestedUnit: { serviceSpecificUnits: requested } }),
  ...(used === undefined
    ? {}
    : { usedUnitContainer: [{ localSequenceNumber: 1, serviceSpecificUnits: used }] }),
});
const event = (family: Family, unit: object, type = 'IEC') =>
  at.open(family, { oneTimeEvent: true, oneTimeEventType: type, multipleUnitUsage: [unit] });

describe('by a price of the plan', () => {
  it('an immediate event is charged whole or refused, a post event as reported', async () => {
    const family = await at.sell('5.00');
    const answers = [await event(family, items(40, 2)), await event(family, items(40, 2))];
    expect(answers.map(({ status }) => status)).toEqual([201, 403]);
    expect(answers[0] && granted(answers[0])).toMatchObject([
      { ratingGroup: 40, resultCode: 'SUCCESS', grantedUnit: { serviceSpecificUnits: 2 } },
    ]);
    expect(answers[1] && causeOf(answers[1])).toBe('QUOTA_LIMIT_REACHED');
    expect((await event(family, items(40, null, 1), 'PEC')).status).toBe(201);
    expect(await at.ratedOf(family)).toEqual(['content 2 3000000', 'content 1 1500000']);
    expect(await at.moneyOf(family)).toBe('500000 left, 0 reserved, 0 owed');
  });

  it('an event with reservation sets aside and pays for what was used', async () => {
    const family = await at.sell('5.00');
    const created = await at.open(family, { multipleUnitUsage: [items(40, 3)] });
    expect(granted(created)).toMatchObject([{ grantedUnit: { serviceSpecificUnits: 3 } }]);
    expect(await at.moneyOf(family)).toBe('5000000 left, 4500000 reserved, 0 owed');
    expect((await at.report('release', referenceOf(created), 1, [items(40, null, 1)])).status).toBe(204);
    expect(await at.moneyOf(family)).toBe('3500000 left, 0 reserved, 0 owed');
  });
});

describe('by what its provider asks, which the policy says for the rating group', () => {
  beforeAll(() => at.operator.moveClock('2026-06-22T12:00:00+08:00'));

  it('each rating group has its own price, and money for it', async () => {
    const family = await at.sell('20.00');
    const created = await at.open(family, { multipleUnitUsage: [items(41, 2), items(42, 9)] });
    // 15 % on top: 2 × 2.30, and of the 15.40 left two of 5.75.
    expect(granted(created)).toMatchObject([
      { ratingGroup: 41, grantedUnit: { serviceSpecificUnits: 2 } },
      {
        ratingGroup: 42,
        grantedUnit: { serviceSpecificUnits: 2 },
        finalUnitIndication: { finalUnitAction: 'TERMINATE' },
      },
    ]);
    expect(await at.moneyOf(family)).toBe('20000000 left, 16100000 reserved, 0 owed');
    const reference = referenceOf(created);
    await at.report('update', reference, 1, [items(41, 1, 1), items(42, null, 1)]);
    await at.report('release', reference, 2, [items(41, null, 1), items(42, null, 1)]);
    expect((await at.ratedOf(family)).sort()).toEqual(['content 2 11500000', 'content 2 4600000']);
    const prerated = await at.operator.sql(
      'select prerated_amount as amount from charging.rated_usage where account_id = $1 order by 1',
      [family.account.accountId],
    );
    expect(prerated).toEqual([{ amount: '4000000' }, { amount: '10000000' }]);
    expect(await at.moneyOf(family)).toBe('3900000 left, 0 reserved, 0 owed');
  });

  it('events too; a rating group without one has no price', async () => {
    const family = await at.sell('10.00');
    expect((await event(family, items(42, 1))).status).toBe(201);
    expect((await event(family, items(42, 1))).status).toBe(403);
    const refused = await event(family, items(40, 1));
    expect([refused.status, causeOf(refused)]).toEqual([403, 'CHARGING_NOT_APPLICABLE']);
    expect(await at.ratedOf(family)).toEqual(['content 1 5750000']);
    // Beside one that has a price it is told so, and the other is charged.
    const both = await at.open(family, { multipleUnitUsage: [items(40, 1), items(41, 1)] });
    expect(granted(both)).toMatchObject(
      [
        { ratingGroup: 41, resultCode: 'SUCCESS' },
        { ratingGroup: 40, resultCode: 'RATING_FAILED' },
      ].reverse(),
    );
  });
});

it('a share of it is a price as well', async () => {
  await at.operator.moveClock('2026-06-24T12:00:00+08:00');
  const family = await at.sell('10.00');
  expect((await event(family, items(41, 3))).status).toBe(201);
  // 10 % of 6.00 and 0.20.
  expect(await at.ratedOf(family)).toEqual(['content 3 800000']);
});
