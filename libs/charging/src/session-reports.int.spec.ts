import { auditDifferences, type Family } from './family.fixture';
import { causeOf } from './session/network-function.fixture';
import { Sessions } from './session/session.service';
import { KB, referenceOf, TariffSessions } from './session/tariff-sessions.fixture';
import { passTimeOf } from './silent-session.fixture';

/** Reports that cannot be right, and sessions that end twice, late, or as their time passes. */

let at: TariffSessions;
beforeAll(async () => {
  at = await TariffSessions.start('2026-06-20T23:00:00+08:00');
});
afterAll(() => at?.operator.stop());
afterEach(async () => {
  await at.operator.settle();
  expect(await auditDifferences(at.operator)).toEqual([]);
});

describe('a report that cannot be right', () => {
  it('of a negative volume, time or number is refused and changes nothing', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: 10 * KB } }],
    });
    const money = await at.moneyOf(family);
    for (const [index, wrong] of [
      { totalVolume: -1 },
      { uplinkVolume: -1, downlinkVolume: 5 },
      { time: -1 },
      { serviceSpecificUnits: -1 },
      { totalVolume: 1.5 },
      { totalVolume: '1' },
    ].entries()) {
      const answer = await at.report('update', referenceOf(created), 1 + index, [
        { ratingGroup: 1, usedUnitContainer: [{ localSequenceNumber: 1, ...wrong }] },
      ]);
      expect([answer.status, causeOf(answer)]).toEqual([400, 'OPTIONAL_IE_INCORRECT']);
    }
    expect([await at.ratedOf(family), await at.moneyOf(family)]).toEqual([[], money]);
    // The session goes on: a wrong request has taken no sequence number.
    const right = [{ ratingGroup: 1, usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: KB }] }];
    expect((await at.report('release', referenceOf(created), 1, right)).status).toBe(204);
    expect(await at.ratedOf(family)).toEqual(['data 1 1000']);
  });

  it('of nothing costs nothing, in every class', async () => {
    const family = await at.sell('10.00');
    const nothing = (ratingGroup: number, unit: string) => ({
      ratingGroup,
      usedUnitContainer: [{ localSequenceNumber: 1, [unit]: 0 }],
    });
    const created = await at.open(family, { multipleUnitUsage: [nothing(1, 'totalVolume')] });
    expect(created.status).toBe(201);
    const all = [nothing(1, 'totalVolume'), nothing(20, 'serviceSpecificUnits')];
    expect((await at.report('release', referenceOf(created), 1, all)).status).toBe(204);
    expect(await at.ratedOf(family)).toEqual([]);
    expect(await at.moneyOf(family)).toBe('10000000 left, 0 reserved, 0 owed');
  });

  it('of 10^15 octets is charged whole and owed, and the account goes on', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: KB } }],
    });
    const huge = [{ ratingGroup: 1, usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: 1e15 }] }];
    expect((await at.report('release', referenceOf(created), 1, huge)).status).toBe(204);
    const kb = BigInt(1e15) / 1024n;
    expect(await at.ratedOf(family)).toEqual([`data ${kb} ${kb * 1000n}`]);
    expect(await at.moneyOf(family)).toBe(`0 left, 0 reserved, ${kb * 1000n - 10_000_000n} owed`);
  });

  it('of a rating group that was never granted, or is of no class, is charged as what it is or told so', async () => {
    const family = await at.sell('10.00');
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: 10 * KB } }],
    });
    const reference = referenceOf(created);
    // Rating group 20 is messages; octets are none of its units: nothing was used of it.
    const updated = await at.report('update', reference, 1, [
      { ratingGroup: 20, usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: 5 * KB }] },
      { ratingGroup: 77, usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: 2 * KB }] },
      { ratingGroup: 1, usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: 3 * KB }] },
    ]);
    expect(updated.status).toBe(200);
    expect((await at.report('release', reference, 2, [])).status).toBe(204);
    expect(await at.ratedOf(family)).toEqual(['data 5 5000']);
    for (const ratingGroup of [-1, 4_294_967_296, 1.5, '1', null]) {
      const answer = await at.open(family, { multipleUnitUsage: [{ ratingGroup, requestedUnit: {} }] });
      expect([answer.status, causeOf(answer)]).toEqual([400, 'OPTIONAL_IE_INCORRECT']);
    }
  });
});

describe('the end of a session', () => {
  const used = (kb: number) => [
    { ratingGroup: 1, usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: kb * KB }] },
  ];
  async function opened(): Promise<{ family: Family; reference: string }> {
    const family = await at.sell('10.00');
    const created = await at.open(family, {
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: 10 * KB } }],
    });
    return { family, reference: referenceOf(created) };
  }
  const passTime = (reference: string) => passTimeOf(at.operator, reference);

  it('twice, with the same number or another, is once', async () => {
    const { family, reference } = await opened();
    expect((await at.report('release', reference, 1, used(4))).status).toBe(204);
    expect((await at.report('release', reference, 1, used(4))).status).toBe(204);
    const again = await at.report('release', reference, 2, used(4));
    expect([again.status, causeOf(again)]).toEqual([404, 'CONTEXT_NOT_FOUND']);
    const other = await at.report('release', reference, 1, used(5));
    expect([other.status, causeOf(other)]).toEqual([400, 'MANDATORY_IE_INCORRECT']);
    expect(await at.ratedOf(family)).toEqual(['data 4 4000']);
  });

  it('after its time is charged, once, and holds nothing', async () => {
    const { family, reference } = await opened();
    await passTime(reference);
    await at.operator.get(Sessions).expire([reference]);
    expect(await at.moneyOf(family)).toBe('10000000 left, 0 reserved, 0 owed');
    expect((await at.report('release', reference, 1, used(4))).status).toBe(204);
    await at.operator.get(Sessions).expire([reference]);
    expect(await at.ratedOf(family)).toEqual(['data 4 4000']);
    expect(await at.moneyOf(family)).toBe('9996000 left, 0 reserved, 0 owed');
  });

  it('that races its time, and an update that does, leave what was used and hold nothing', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { family, reference } = await opened();
      await passTime(reference);
      const [updated, released] = await Promise.all([
        at.report('update', reference, 1, used(3)),
        at.report('release', reference, 2, used(4)),
        at.operator.get(Sessions).expire([reference]),
        at.operator.get(Sessions).expire([reference]),
      ]);
      expect(released.status).toBe(204);
      expect([200, 404]).toContain(updated.status);
      const kb = updated.status === 200 ? 7 : 4;
      expect(await at.ratedOf(family)).toEqual([`data ${kb} ${kb * 1000}`]);
      expect(await at.moneyOf(family)).toBe(`${10_000_000 - kb * 1000} left, 0 reserved, 0 owed`);
    }
  });
});
