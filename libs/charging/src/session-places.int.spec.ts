import type { UsagePrice } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { auditDifferences } from './family.fixture';
import { causeOf, granted } from './session/network-function.fixture';
import { KB, referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/** What several rating groups and user planes of one session say, and what is said twice of one of them. */

const label = { en: 'Content', 'zh-CN': '信息费' };
const iec = { oneTimeEvent: true, oneTimeEventType: 'IEC' };

/** Items at 1.00 by night; by day they have no price. */
const byNight = {
  code: 'own',
  usageClass: 'content',
  chargeClass: 'content',
  label,
  taxClass: 'value-added',
  unit: 'item',
  increment: { initial: 1, repeat: 1 },
  model: {
    kind: 'rates',
    rates: {
      zonePlan: null,
      calendar: 'week',
      rates: [
        {
          zone: null,
          band: 'night',
          steps: [{ from: '0', price: { amount: '1.00', per: '1' }, increment: '1' }],
          connectFee: null,
          maximumPerEvent: null,
        },
      ],
    },
  },
  connectFee: null,
  counter: 'product',
  cap: null,
} as UsagePrice;

let at: TariffSessions;
beforeAll(async () => {
  at = await TariffSessions.start('2026-06-20T21:50:00+08:00', {
    ratingGroups: [{ ratingGroup: 40, usageClass: 'content' }],
    prices: [byNight],
  });
});
afterAll(() => at?.operator.stop());
afterEach(async () => {
  await at.operator.settle();
  expect(await auditDifferences(at.operator)).toEqual([]);
});

const data = (kb: number, more: object = {}) => ({
  ratingGroup: 1,
  requestedUnit: { totalVolume: kb * KB },
  ...more,
});
const pictures = (count: number | null, more: object = {}) => ({
  ratingGroup: 30,
  requestedUnit: count === null ? {} : { serviceSpecificUnits: count },
  ...more,
});
const isChange = (at: string | null) => ({
  triggers: [{ triggerCategory: 'IMMEDIATE_REPORT', triggerType: 'TARIFF_TIME_CHANGE' }],
  ...(at === null ? {} : { triggerTimestamp: at }),
});

describe('one rating group and user plane that is named twice', () => {
  it('has one grant, of the size asked for last', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, { multipleUnitUsage: [data(300), data(100)] });
    expect(granted(created)).toMatchObject([{ ratingGroup: 1, grantedUnit: { totalVolume: 100 * KB } }]);
    expect(await at.moneyOf(family)).toBe('10000000 left, 1000000 reserved, 0 owed');
    const used = { usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: 20 * KB }] };
    await at.report('release', referenceOf(created), 1, [
      { ratingGroup: 1, ...used },
      { ratingGroup: 1, ...used },
    ]);
    expect(await at.ratedOf(family)).toEqual(['data 40 400000']);
  });

  it.each([
    [50, 10],
    [10, 50],
  ])('is charged all that an immediate event asks for: %i and %i', async (first, second) => {
    const family = await at.sell('100.00');
    const told = await at.open(family, { ...iec, multipleUnitUsage: [pictures(first), pictures(second)] });
    expect([told.status, granted(told)]).toMatchObject([
      201,
      [{ ratingGroup: 30, grantedUnit: { serviceSpecificUnits: 60 } }],
    ]);
    expect(await at.ratedOf(family)).toEqual([expect.stringMatching(/^mms 60 /)]);
  });

  it('is refused whole where the funds do not cover the sum', async () => {
    const family = await at.sell('6.00');
    const told = await at.open(family, { ...iec, multipleUnitUsage: [pictures(50), pictures(50)] });
    expect([told.status, causeOf(told)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
    expect(await at.ratedOf(family)).toEqual([]);
    expect(await at.moneyOf(family)).toBe('6000000 left, 0 reserved, 0 owed');
  });
});

describe('an immediate event', () => {
  it.each<[string, object]>([
    ['no messages', pictures(0)],
    ['no octets', data(0)],
    ['data of no size', { ratingGroup: 1, requestedUnit: {} }],
    ['data that asks for nothing', { ratingGroup: 1 }],
  ])('for %s is refused, and nothing is charged', async (_name, unit) => {
    const family = await at.sell('10.00');
    const told = await at.open(family, { ...iec, multipleUnitUsage: [unit] });
    expect([told.status, causeOf(told)]).toEqual([400, 'OPTIONAL_IE_INCORRECT']);
    expect(await at.ratedOf(family)).toEqual([]);
    expect(await at.moneyOf(family)).toBe('10000000 left, 0 reserved, 0 owed');
  });

  it.each([pictures(null), { ratingGroup: 30 }])('is one message where it names no number', async (unit) => {
    const family = await at.sell('10.00');
    const told = await at.open(family, { ...iec, multipleUnitUsage: [unit] });
    expect([told.status, granted(told)]).toMatchObject([201, [{ grantedUnit: { serviceSpecificUnits: 1 } }]]);
    expect(await at.ratedOf(family)).toEqual([expect.stringMatching(/^mms 1 /)]);
  });
});

it('grants no more than may be reported', async () => {
  const family = await at.sell(null);
  const created = await at.open(family, { multipleUnitUsage: [pictures(2_000_000)] });
  const most = granted(created)[0]?.grantedUnit as { serviceSpecificUnits?: number } | undefined;
  expect(most).toEqual({ serviceSpecificUnits: 999_999 });
  const used = { localSequenceNumber: 1, serviceSpecificUnits: most?.serviceSpecificUnits };
  const told = await at.report('release', referenceOf(created), 1, [
    { ratingGroup: 30, usedUnitContainer: [used] },
  ]);
  expect(told.status).toBe(204);
});

describe('a create that is refused', () => {
  const withUse = { usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: 50 * KB }] };

  it('is charged what it reports where nothing is left, and once', async () => {
    const family = await at.sell('0.01');
    const create = { chargingId: 4711, multipleUnitUsage: [data(1, withUse)] };
    for (const _again of [1, 2]) {
      const told = await at.open(family, create);
      expect([told.status, causeOf(told), told.headers.get('location')]).toEqual([
        403,
        'QUOTA_LIMIT_REACHED',
        null,
      ]);
    }
    expect(await at.ratedOf(family)).toEqual(['data 50 500000']);
    expect(await at.moneyOf(family)).toBe('0 left, 0 reserved, 490000 owed');
  });

  it('opens nothing where it reports nothing', async () => {
    const family = await at.sell('0.00');
    const told = await at.open(family, { multipleUnitUsage: [data(1)] });
    expect([told.status, causeOf(told)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
    expect(await at.ratedOf(family)).toEqual([]);
  });
});

it('finds who is served by the SUPI where the GPSI is an external identifier', async () => {
  const family = await at.sell('10.00');
  const userInformation = { servedGPSI: 'extid-abc@operator.example' };
  const told = await at.open(family, {
    pDUSessionChargingInformation: { userInformation },
    multipleUnitUsage: [data(1)],
  });
  expect(told.status).toBe(201);
});

describe('a change of tariff that several report', () => {
  let day = 20;
  beforeEach(async () => {
    day += 1;
    await at.operator.moveClock(`2026-06-${day}T21:50:00+08:00`);
  });
  const clock = (time: string): string => `2026-06-${day}T${time}+08:00`;
  /** 60 KB before the change, 30 after it. */
  const both = (place: object, changedAt: string | null = '22:00:00') => ({
    ...place,
    usedUnitContainer: [
      { localSequenceNumber: 1, totalVolume: 60 * KB, ...isChange(changedAt && clock(changedAt)) },
      { localSequenceNumber: 2, totalVolume: 30 * KB },
    ],
  });
  const [one, two, planes] = [
    { ratingGroup: 1 },
    { ratingGroup: 2 },
    [
      { ratingGroup: 1, uPFID: 'a' },
      { ratingGroup: 1, uPFID: 'b' },
    ],
  ];
  /** Day 0.01 a KB, night 0.001. */
  const expected = ['data 120 1200000', 'data 60 60000'];

  it.each<[name: string, reports: () => object[][]]>([
    ['two rating groups in one report', () => [[both(one), both(two)]]],
    ['two rating groups one after the other', () => [[both(one)], [both(two)]]],
    ['two user planes', () => [planes.map((place) => both(place))]],
    ['clocks that differ', () => [[both(one, '21:59:58')], [both(two, '22:00:03')]]],
    ['no time with it', () => [[both(one, null)], [both(two, null)]]],
  ])('charges each side by its own rate: %s', async (_name, reports) => {
    const family = await at.sell('10.00');
    const created = await at.open(family, {
      multipleUnitUsage: [data(100), { ...data(100), ratingGroup: 2 }],
    });
    await at.operator.moveClock(clock('22:05:00'));
    const all = reports();
    for (const [index, units] of all.entries()) {
      const operation = index === all.length - 1 ? 'release' : 'update';
      await at.report(operation, referenceOf(created), index + 1, units);
    }
    expect(await at.ratedOf(family)).toEqual(expected);
    expect(await at.moneyOf(family)).toBe('8740000 left, 0 reserved, 0 owed');
  });

  it('puts what was closed before the change there, though it is told later', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, { multipleUnitUsage: [data(100)] });
    await at.operator.moveClock(clock('22:05:00'));
    await at.report('update', referenceOf(created), 1, [both(one)]);
    const late = { localSequenceNumber: 1, totalVolume: 10 * KB, triggerTimestamp: clock('21:58:00') };
    await at.report('release', referenceOf(created), 2, [
      { ratingGroup: 1, uPFID: 'b', usedUnitContainer: [late] },
    ]);
    expect(await at.ratedOf(family)).toEqual(['data 70 700000', 'data 30 30000']);
  });

  it('charges the side that has a price where the other has none', async () => {
    await at.operator.moveClock(clock('22:10:00'));
    const family = await at.sell('100.00');
    const items = (count: number, more: object = {}) => ({
      localSequenceNumber: 1,
      serviceSpecificUnits: count,
      ...more,
    });
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 40, requestedUnit: { serviceSpecificUnits: 10 } }],
    });
    day += 1;
    await at.operator.moveClock(clock('07:05:00'));
    const told = await at.report('update', referenceOf(created), 1, [
      {
        ratingGroup: 40,
        usedUnitContainer: [items(8, isChange(clock('07:00:00'))), items(2)],
      },
    ]);
    expect(granted(told)).toEqual([{ ratingGroup: 40, resultCode: 'RATING_FAILED' }]);
    expect(await at.ratedOf(family)).toEqual(['content 8 8000000']);
    expect(await at.moneyOf(family)).toBe('92000000 left, 0 reserved, 0 owed');
    // What follows is of the side without a price too, though nothing says so again.
    await at.report('release', referenceOf(created), 2, [{ ratingGroup: 40, usedUnitContainer: [items(5)] }]);
    expect(await at.ratedOf(family)).toEqual(['content 8 8000000']);
  });

  it('looks at the credit of others where a session has come to a side without a price', async () => {
    await at.operator.moveClock(clock('22:10:00'));
    const notifyUri = 'http://127.0.0.1:9/x';
    const item = { ratingGroup: 40, requestedUnit: { serviceSpecificUnits: 1 } };
    const family = await at.sell('1.00');
    const created = await at.open(family, { notifyUri, multipleUnitUsage: [item] });
    const others = await at.open(family, { notifyUri, multipleUnitUsage: [data(100)] });
    expect([created.status, others.status]).toEqual([201, 403]);
    day += 1;
    await at.operator.moveClock(clock('07:05:00'));
    const used = { localSequenceNumber: 1, serviceSpecificUnits: 1, ...isChange(clock('07:00:00')) };
    await at.report('update', referenceOf(created), 1, [{ ...item, usedUnitContainer: [used] }]);
    const paymentId = newId();
    const input = { accountId: family.account.accountId, paymentId, amount: '50.00' };
    await at.operator.command('charging.topUp', input, { key: paymentId });
    await at.operator.settle();
    expect(await at.operator.sql('select account_id from charging.credit_change')).toEqual([]);
  });
});
