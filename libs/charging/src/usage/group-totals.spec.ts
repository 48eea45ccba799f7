import { amountFromMicro } from '@ronghe/kernel';
import fc from 'fast-check';
import { groupTotalsFromJson, groupTotalsToJson, withChanges } from './group-totals';
import { sumChanges, type TotalChange } from './usage-totals';

const place = { lane: 7, accountId: 'a', period: '2026-06' };
const units = fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n });
const changes: fc.Arbitrary<TotalChange[]> = fc.array(
  fc
    .record({
      productId: fc.constantFrom('p1', 'p2'),
      chargeCode: fc.constantFrom('data', 'voice "out"', '通话'),
      offeringCode: fc.constantFrom('plan', 'pack'),
      offeringVersion: fc.constantFrom(1, 2),
      eventCount: fc.constantFrom(1, -1),
      amount: units,
      unitsTotal: units,
      unitsFromAllowance: units,
      unitsCharged: units,
    })
    .map((change) => ({
      ...place,
      ...change,
      amount: amountFromMicro(change.amount),
      card: `card of ${change.productId}`,
      chargeClass: 'data',
      taxClass: 'mobile-data',
      unit: 'kb',
    })),
  { maxLength: 12 },
);

it('comes to the same as adding each change to its total, in whatever portions they come', () => {
  fc.assert(
    fc.property(changes, changes, (first, later) => {
      const totals = withChanges(withChanges(undefined, first), later);
      expect(sumChanges(totals)).toEqual(sumChanges([...first, ...later]));
      const keys = totals.map((total) =>
        [total.productId, total.chargeCode, total.offeringCode, total.offeringVersion].join(),
      );
      expect(new Set(keys).size).toBe(totals.length);
    }),
  );
});

it('is read as it was stored', () => {
  fc.assert(
    fc.property(changes, (some) => {
      const totals = withChanges(undefined, some);
      const text = groupTotalsToJson(totals);
      expect(text === null ? [] : groupTotalsFromJson(text, place)).toEqual(totals);
      expect(text === null).toBe(some.length === 0);
    }),
  );
});

it('leaves what it was given as it was', () => {
  const change = {
    ...place,
    productId: 'p1',
    chargeCode: 'data',
    offeringCode: 'plan',
    offeringVersion: 1,
    card: 'main',
    chargeClass: 'data',
    taxClass: 'mobile-data',
    unit: 'kb',
    amount: amountFromMicro(5n),
    eventCount: 1,
    unitsTotal: 1n,
    unitsFromAllowance: 0n,
    unitsCharged: 1n,
  };
  const before = withChanges(undefined, [change]);
  expect(withChanges(before, [change])).toMatchObject([{ amount: 10n, eventCount: 2 }]);
  expect(before).toEqual([change]);
});
