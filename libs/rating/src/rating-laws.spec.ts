import fc from 'fast-check';
import { amountFromDecimal, amountToDecimal, sumAmounts } from '@ronghe/kernel';
import { opened, planFor, rateData } from '../test/rating-bench';
import { dataPrice, local, plan, usage, voicePrice } from '../test/sample-offers';
import { recompute } from './explanation';
import { ratePeriod } from './rate-period';
import { rateUsage } from './rate-usage';
import { compileUsagePrice, emptyCounter } from './usage-price';

describe('rating keeps the law of', () => {
  const quantities = fc.array(fc.integer({ min: 0, max: 2500 }), { minLength: 1, maxLength: 40 });
  const offer = plan();
  const randomEvents = fc
    .array(
      fc.record({
        quantity: fc.bigInt({ min: 0n, max: 900n }),
        minute: fc.integer({ min: 0, max: 59 }),
        productId: fc.constantFrom('main', 'sub'),
        usageClass: fc.constantFrom('data' as const, 'voice' as const),
        isLate: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    .map((rows) =>
      rows.map(({ minute, ...row }, index) =>
        usage({
          ...row,
          recordId: `r${index}`,
          usedAt: local(`2026-06-15T12:${String(minute).padStart(2, '0')}:00`),
        }),
      ),
    );

  it('conservation: granted = used + remaining, and every unit is taken or charged', () => {
    fc.assert(
      fc.property(randomEvents, (events) => {
        const { rated, state } = ratePeriod(opened(offer), events, planFor(offer));
        for (const bucket of state.buckets) {
          const takes = rated
            .flatMap(({ takes: all }) => all)
            .filter(({ bucketCode }) => bucketCode === bucket.code);
          const used = takes.reduce((sum, { units }) => sum + units, 0n);
          expect(used + bucket.remaining).toBe(bucket.quantity);
          expect(bucket.remaining >= 0n).toBe(true);
        }
        for (const { takes, chargedUnits, unitsTotal, amount } of rated) {
          expect(takes.reduce((sum, { units }) => sum + units, chargedUnits)).toBe(unitsTotal);
          expect(amount >= 0n).toBe(true);
        }
      }),
    );
  });

  it('additivity: the events cost what the whole costs, however it is split', () => {
    const odd = dataPrice({
      model: {
        kind: 'repeating-step',
        price: { amount: '0.07', per: '9' },
        blockUnits: '1000',
        blockMaximum: '5.00',
      },
    });
    fc.assert(
      fc.property(quantities, (split) => {
        const whole = BigInt(split.reduce((sum, part) => sum + part, 0));
        const parts = rateData(plan({ usagePrices: [odd], allowances: [] }), ...split).rated.map(
          ({ amount }) => amount,
        );
        expect(sumAmounts(parts)).toBe(compileUsagePrice(odd).priceOf({ ...emptyCounter, units: whole }));
      }),
    );
  });

  it('continuity: one unit more never costs less, nor more than the linear price', () => {
    const price = compileUsagePrice(dataPrice());
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000n }), (units) => {
        const step = price.priceOf({ units: units + 1n, events: 1n }) - price.priceOf({ units, events: 1n });
        expect(step >= 0n && step <= amountFromDecimal('0.02')).toBe(true);
      }),
    );
  });

  it('order: the file’s order does not matter; rating again gives the same', () => {
    fc.assert(
      fc.property(
        randomEvents.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          const first = ratePeriod(opened(offer), events, planFor(offer));
          expect(ratePeriod(opened(offer), shuffled, planFor(offer))).toEqual(first);
          expect(ratePeriod(opened(offer), shuffled, planFor(offer))).toEqual(first);
        },
      ),
    );
  });

  it('a late event changes nothing of what was rated before it', () => {
    fc.assert(
      fc.property(randomEvents, fc.bigInt({ min: 1n, max: 900n }), (events, quantity) => {
        const onTime = events.map((event) => ({ ...event, isLate: false }));
        const late = usage({ recordId: 'late', quantity, isLate: true, usedAt: local('2026-06-02') });
        const before = ratePeriod(opened(offer), onTime, planFor(offer)).rated;
        expect(ratePeriod(opened(offer), [late, ...onTime], planFor(offer)).rated.slice(0, -1)).toEqual(
          before,
        );
      }),
    );
  });

  it('explanation: with the trace on the same amount is reached, and the figures recompute', () => {
    const capped = plan({
      usagePrices: [voicePrice(), dataPrice({ cap: { amount: '12.00', action: 'stop' } })],
    });
    fc.assert(
      fc.property(randomEvents, (events) => {
        let state = opened(capped);
        for (const event of events) {
          const traced = rateUsage(state, event, planFor(capped)(event), { trace: true });
          const plain = rateUsage(state, event, planFor(capped)(event));
          expect(traced.state).toEqual(plain.state);
          expect(traced.rated.amount).toBe(plain.rated.amount);
          expect(traced.rated.trace && recompute(traced.rated.trace)).toBe(
            amountToDecimal(plain.rated.amount),
          );
          state = plain.state;
        }
      }),
    );
  });
});
