import { auditDifferences } from './family.fixture';
import { causeOf, granted } from './session/network-function.fixture';
import { KB, referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/** What the tariff language means to sessions: bands, steps within a call, blockers. */

let at: TariffSessions;
beforeAll(async () => {
  at = await TariffSessions.start('2026-06-20T21:50:00+08:00');
});
afterAll(() => at?.operator.stop());
afterEach(async () => {
  await at.operator.settle();
  expect(await auditDifferences(at.operator)).toEqual([]);
});

describe('a change of tariff while a grant holds', () => {
  const change = '2026-06-20T14:00:00Z';
  const container = (localSequenceNumber: number, kb: number, triggerType?: string) => ({
    localSequenceNumber,
    totalVolume: kb * KB,
    ...(triggerType
      ? {
          triggers: [{ triggerCategory: 'IMMEDIATE_REPORT', triggerType }],
          triggerTimestamp: triggerType === 'TARIFF_TIME_CHANGE' ? change : '2026-06-20T14:05:00Z',
        }
      : {}),
  });

  it('is told with the grant, and each side of it is charged by its own rate', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: 100 * KB } }],
    });
    expect(granted(created)).toMatchObject([
      { grantedUnit: { totalVolume: 100 * KB, tariffTimeChange: '2026-06-20T14:00:00.000Z' } },
    ]);
    expect(await at.moneyOf(family)).toBe('10000000 left, 1000000 reserved, 0 owed');
    await at.operator.moveClock('2026-06-20T22:05:00+08:00');
    const updated = await at.report('update', referenceOf(created), 1, [
      {
        ratingGroup: 1,
        requestedUnit: { totalVolume: 100 * KB },
        usedUnitContainer: [container(1, 60, 'TARIFF_TIME_CHANGE'), container(2, 30)],
      },
    ]);
    // What is granted now holds by the night's rate.
    expect(granted(updated)[0]?.grantedUnit).toEqual({ totalVolume: 100 * KB });
    expect(await at.moneyOf(family)).toBe('9370000 left, 100000 reserved, 0 owed');
    await at.report('release', referenceOf(created), 2, [
      { ratingGroup: 1, usedUnitContainer: [container(3, 5)] },
    ]);
    // 60 KB at 0.01, 35 KB at 0.001.
    expect(await at.ratedOf(family)).toEqual(['data 60 600000', 'data 35 35000']);
    expect(await at.moneyOf(family)).toBe('9365000 left, 0 reserved, 0 owed');
  });

  it('that nobody reports apart leaves all of it to the rate of its start', async () => {
    await at.operator.moveClock('2026-06-21T21:55:00+08:00');
    const family = await at.sell(null);
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: 100 * KB } }],
    });
    await at.operator.moveClock('2026-06-21T22:05:00+08:00');
    await at.report('release', referenceOf(created), 1, [
      { ratingGroup: 1, usedUnitContainer: [container(1, 50)] },
    ]);
    expect(await at.ratedOf(family)).toEqual(['data 50 500000']);
  });
});

describe('a call whose rate changes within', () => {
  const call = { iMSChargingInformation: { calledPartyAddress: 'tel:+8613900000001' } };
  const unit = (time: number | null, used?: number) => ({
    ratingGroup: 100,
    ...(time === null ? {} : { requestedUnit: { time } }),
    ...(used === undefined ? {} : { usedUnitContainer: [{ localSequenceNumber: 1, time: used }] }),
  });
  const says = (operation: 'update' | 'release', reference: string, sequence: number, units: object[]) =>
    at.report(operation, reference, sequence, units, call);

  it('reserves and charges by the step in which it ends, whatever the reports', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, { ...call, multipleUnitUsage: [unit(120)] });
    expect(granted(created)).toMatchObject([{ resultCode: 'SUCCESS', grantedUnit: { time: 120 } }]);
    // A minute at 0.02 a second, a minute at 0.01.
    expect(await at.moneyOf(family)).toBe('10000000 left, 1800000 reserved, 0 owed');
    const reference = referenceOf(created);
    await says('update', reference, 1, [unit(60, 50)]);
    // 50 s used at 0.02; of 60 more ten at 0.02, 50 at 0.01 which count as 60.
    expect(await at.moneyOf(family)).toBe('9000000 left, 800000 reserved, 0 owed');
    await says('update', reference, 2, [unit(null, 20)]);
    await says('release', reference, 3, [unit(null, 25)]);
    // 95 s: 60 × 0.02 + 60 × 0.01, as one call of 95 s.
    expect(await at.ratedOf(family)).toEqual(['voice 95 1800000']);
    expect(await at.moneyOf(family)).toBe('8200000 left, 0 reserved, 0 owed');
  });

  it('is granted as far as the money goes, over the step', async () => {
    const family = await at.sell('1.55');
    const created = await at.open(family, { ...call, multipleUnitUsage: [unit(600)] });
    // 1.20 for the first minute; 0.35 more buy one step of 30 s, not two.
    expect(granted(created)).toMatchObject([
      { grantedUnit: { time: 90 }, finalUnitIndication: { finalUnitAction: 'TERMINATE' } },
    ]);
    await says('release', referenceOf(created), 1, [unit(null, 90)]);
    expect(await at.moneyOf(family)).toBe('50000 left, 0 reserved, 0 owed');
  });
});

describe('a blocker', () => {
  const message = (count: number, more: object = {}) => ({
    oneTimeEvent: true,
    oneTimeEventType: 'IEC',
    multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: count } }],
    ...more,
  });

  it('that is used up refuses, whatever money there is', async () => {
    const family = await at.sell('10.00');
    const answers = [
      await at.open(family, message(2)),
      await at.open(family, message(2)),
      await at.open(family, message(1)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 403, 201]);
    const refused = await at.open(family, message(1));
    expect([refused.status, causeOf(refused)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
    expect(await at.moneyOf(family)).toBe('10000000 left, 0 reserved, 0 owed');
  });

  it('grants a session what is left as its last, and prices nothing of what is used beyond', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, {
      sMSChargingInformation: {},
      multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: 5 } }],
    });
    expect(granted(created)).toMatchObject([
      { grantedUnit: { serviceSpecificUnits: 3 }, finalUnitIndication: { finalUnitAction: 'TERMINATE' } },
    ]);
    const beyond = [
      { ratingGroup: 20, usedUnitContainer: [{ localSequenceNumber: 1, serviceSpecificUnits: 5 }] },
    ];
    expect((await at.report('release', referenceOf(created), 1, beyond)).status).toBe(204);
    expect(await at.ratedOf(family)).toEqual(['sms 5 0']);
    expect(await at.moneyOf(family)).toBe('10000000 left, 0 reserved, 0 owed');
  });

  it('leaves other classes alone', async () => {
    const family = await at.sell('10.00');
    await at.open(family, message(3));
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: KB } }],
    });
    expect(granted(created)).toMatchObject([{ resultCode: 'SUCCESS' }]);
  });
});

it('an allowance gives whole ones of its increment, in sessions and to events', async () => {
  const family = await at.sell('10.00');
  const pictures = (asked: object) => [{ ratingGroup: 30, ...asked }];
  const bucket = () =>
    at.operator.sql(
      `select remaining, reserved, increment from charging.bucket_balance where account_id = $1 and code like '%pairs'`,
      [family.account.accountId],
    );
  const created = await at.open(family, {
    multipleUnitUsage: pictures({ requestedUnit: { serviceSpecificUnits: 1 } }),
  });
  expect(granted(created)).toMatchObject([{ grantedUnit: { serviceSpecificUnits: 1 } }]);
  expect(await bucket()).toEqual([{ remaining: '5', reserved: '2', increment: '2' }]);
  const used = [{ localSequenceNumber: 1, serviceSpecificUnits: 1 }];
  await at.report('release', referenceOf(created), 1, pictures({ usedUnitContainer: used }));
  expect(await bucket()).toEqual([{ remaining: '3', reserved: '0', increment: '2' }]);
  // Of three more two are covered; the one that is left of the allowance nobody gets.
  const event = { oneTimeEvent: true, oneTimeEventType: 'IEC' };
  const asked = pictures({ requestedUnit: { serviceSpecificUnits: 3 } });
  expect((await at.open(family, { ...event, multipleUnitUsage: asked })).status).toBe(201);
  expect(await bucket()).toEqual([{ remaining: '1', reserved: '0', increment: '2' }]);
  expect((await at.ratedOf(family)).sort()).toEqual(['mms 1 0', 'mms 3 100000']);
  expect(await at.moneyOf(family)).toBe('9900000 left, 0 reserved, 0 owed');
});
