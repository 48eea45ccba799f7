import type { ProductTerms } from '@ronghe/contracts';
import {
  addDays,
  amountToDecimal,
  billPeriodOf,
  parseLocalDate,
  startOfLocalDate,
  sumAmounts,
} from '@ronghe/kernel';
import fc from 'fast-check';
import { periodEntitlements } from './entitlements';
import { heldTerms } from './held-terms';
import type { Holding } from './holding';
import { recurringCharges } from './recurring-charges';
import { usagePlanOf } from './usage-plan';
import { cycle, dataAllowance, fee, local, lookupOf, plan, product, voicePrice } from '../test/sample-offers';

const large = plan({
  code: 'large',
  recurringPrices: [fee({ amount: '150.00' })],
  allowances: [dataAllowance({ quantity: '600' })],
  usagePrices: [voicePrice({ model: { kind: 'per-unit', price: { amount: '0.10', per: '1' } } })],
});
const offers = lookupOf(plan(), large);
const june = billPeriodOf('2026-06', cycle);

/** A product that has these offers, each from a day of June 2026 on. */
function moved(...offersFrom: [offeringCode: string, day: number][]): Holding {
  const at = (day: number) => startOfLocalDate(addDays(parseLocalDate('2026-06-01'), day - 1), cycle.zone);
  const terms = offersFrom.map(([offeringCode, day], index): ProductTerms => ({
    ...{ offeringCode, offeringVersion: 1, role: 'main', bundleId: null },
    ...{ bundleOfferingCode: null, bundleOfferingVersion: null },
    ...{ from: at(day), to: at(offersFrom[index + 1]?.[1] ?? 31) },
  }));
  const last = offersFrom.at(-1)?.[0] ?? 'plan';
  return product({ effectiveFrom: at(1), offeringCode: last, earlierTerms: terms.slice(0, -1) });
}

function fees(holding: Holding, lookup = offers, period = june): string[] {
  return recurringCharges({ holdings: [holding], offers: lookup, period, cycle }).map(({ netAmount }) =>
    amountToDecimal(netAmount),
  );
}

describe('a product whose offer changed', () => {
  it('is charged by the days of each, whatever their part periods say', () => {
    // 90 × 10/30, 150 × 20/30
    expect(fees(moved(['plan', 1], ['large', 11]))).toEqual(['30.00', '100.00']);
    expect(fees(moved(['plan', 1], ['large', 11], ['plan', 21]))).toEqual(['30.00', '50.00', '30.00']);
    expect(fees(moved(['plan', 1], ['large', 11]), offers, billPeriodOf('2026-07', cycle))).toEqual([
      '150.00',
    ]);
  });

  it('is granted the share of each, valid on its days', () => {
    const grants = periodEntitlements({
      ...{ cardGroupId: 'main', offers, period: june, cycle },
      holdings: [{ ...moved(['plan', 1], ['large', 11]), productId: 'main', cardGroupId: 'main' }],
    });
    expect(
      grants.map(({ code, quantity, validFrom, validTo }) => [code, quantity, validFrom, validTo]),
    ).toEqual([
      ['plan/data', 100n, local('2026-06-01'), local('2026-06-11')],
      ['large/data', 400n, local('2026-06-11'), local('2026-07-01')],
    ]);
  });

  it('is priced by the offer of the moment, and the plan says until when', () => {
    const holding = moved(['plan', 1], ['large', 11]);
    const planAt = (at: string) =>
      usagePlanOf({ holding, holdings: [holding], offers, usageClass: 'voice', usedAt: local(at) });
    expect(planAt('2026-06-10T23:59:59')).toMatchObject({
      offeringCode: 'plan',
      holds: { to: local('2026-06-11') },
    });
    expect(planAt('2026-06-11')).toMatchObject({
      offeringCode: 'large',
      holds: { from: local('2026-06-11') },
    });
  });

  it('pays as much as without a change where both offers cost the same', () => {
    const rule = fc.constantFrom('prorate' as const, 'full' as const);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 2, max: 30 }), { maxLength: 5 }),
        rule,
        rule,
        fc.option(fc.integer({ min: 1, max: 30 })),
        (days, firstPeriod, lastPeriod, endDay) => {
          const rules = { firstPeriod, lastPeriod };
          const lookup = lookupOf(
            plan({ recurringPrices: [fee(rules)] }),
            plan({ code: 'twin', recurringPrices: [fee(rules)] }),
          );
          const changes = days
            .sort((a, b) => a - b)
            .map((day, index): [string, number] => [index % 2 === 0 ? 'twin' : 'plan', day]);
          const effectiveTo =
            endDay === null
              ? null
              : startOfLocalDate(addDays(parseLocalDate('2026-06-01'), endDay), cycle.zone);
          const holding = { ...moved(['plan', 1], ...changes), effectiveTo };
          const { earlierTerms: _, ...still } = { ...holding, offeringCode: 'plan' };
          const total = (of: Holding) =>
            sumAmounts(
              recurringCharges({ holdings: [of], offers: lookup, period: june, cycle }).map(
                ({ netAmount }) => netAmount,
              ),
            );
          expect(amountToDecimal(total(holding))).toBe(amountToDecimal(total(still)));
        },
      ),
    );
  });

  it('has terms that follow each other from its beginning to its end', () => {
    const days = fc.uniqueArray(fc.integer({ min: 2, max: 29 }), { maxLength: 6 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), (given, lastDay) => {
        const sorted = given.sort((a, b) => a - b).map((day): [string, number] => ['large', day]);
        const effectiveTo = startOfLocalDate(addDays(parseLocalDate('2026-06-01'), lastDay), cycle.zone);
        const terms = heldTerms({ ...moved(['plan', 1], ...sorted), effectiveTo });
        expect(terms[0]?.effectiveFrom).toBe(local('2026-06-01'));
        expect(terms.at(-1)?.effectiveTo).toBe(effectiveTo);
        terms.slice(1).forEach((each, index) => {
          expect(each.effectiveFrom).toBe(terms[index]?.effectiveTo);
        });
      }),
    );
  });
});
