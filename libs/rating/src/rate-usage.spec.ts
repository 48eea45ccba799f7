import fc from 'fast-check';
import { amountFromDecimal, amountToDecimal, billPeriodOf, nextBillPeriod, sumAmounts } from '@ronghe/kernel';
import type { OfferDocument, UsagePrice } from '@ronghe/contracts';
import { periodEntitlements } from './entitlements';
import { recompute } from './explanation';
import { ratePeriod } from './rate-period';
import { rateUsage, type UsageEvent } from './rate-usage';
import { openState, rollover, type RatingState } from './rating-state';
import {
  cycle,
  dataAllowance,
  dataPrice,
  local,
  lookupOf,
  plan,
  product,
  subCard,
  usage,
  voicePrice,
} from './sample-offers';
import { usagePlanOf } from './usage-plan';
import { compileUsagePrice, emptyCounter } from './usage-price';

const june = billPeriodOf('2026-06', cycle);
const holdings = [
  product(),
  product({ productId: 'sub', card: 'sub', role: 'sub', offeringCode: subCard.code }),
];

function priced(price: UsagePrice, allowances: OfferDocument['allowances'] = []): OfferDocument {
  return plan({ usagePrices: [price], allowances });
}

function planFor(offer: OfferDocument) {
  const offers = lookupOf(offer);
  return (event: UsageEvent) => {
    const holding = holdings.find(({ productId }) => productId === event.productId) ?? product();
    return usagePlanOf({ holding, holdings, offers, usageClass: event.usageClass, usedAt: event.usedAt });
  };
}

function opened(offer: OfferDocument): RatingState {
  return openState(
    periodEntitlements({ cardGroupId: 'main', holdings, offers: lookupOf(offer), period: june, cycle }),
  );
}

/** Rates data of so many KB each, one after the other. */
function rateData(offer: OfferDocument, ...quantities: number[]) {
  const events = quantities.map((quantity, index) =>
    usage({ recordId: `r${String(index).padStart(4, '0')}`, quantity: BigInt(quantity) }),
  );
  return ratePeriod(opened(offer), events, planFor(offer));
}

const amounts = (result: ReturnType<typeof ratePeriod>) =>
  result.rated.map(({ amount }) => amountToDecimal(amount));

describe('counting', () => {
  const count = (increment: UsagePrice['increment'], seconds: number) =>
    Number(compileUsagePrice(voicePrice({ increment })).countUnits(BigInt(seconds)));

  it.each([
    [0, 0],
    [1, 1],
    [60, 1],
    [61, 2],
    [3600, 60],
  ])('%i s are %i started minutes', (seconds, minutes) => {
    expect(count({ initial: 60, repeat: 60 }, seconds)).toBe(minutes);
  });

  it('counts at least the first increment, then whole further ones', () => {
    expect([1, 180, 181, 300, 301].map((seconds) => count({ initial: 180, repeat: 120 }, seconds))).toEqual([
      3, 3, 5, 5, 7,
    ]);
  });
});

describe('prices', () => {
  it('of a repeating step are linear to the maximum of a block, then free, then the same again', () => {
    // 0.02 a KB, at most 5.00 per 1000 KB: free from 250 KB on.
    expect(amounts(rateData(priced(dataPrice()), 100, 150, 749, 1, 1, 1000))).toEqual([
      '2.00',
      '3.00',
      '0.00',
      '0.00',
      '0.02',
      '5.00',
    ]);
  });

  it('per event are the same for every size, and nothing for nothing', () => {
    const flat = dataPrice({ model: { kind: 'flat', amount: '0.70' } });
    expect(amounts(rateData(priced(flat), 1, 5000, 0))).toEqual(['0.70', '0.70', '0.00']);
  });

  it('add a connect fee once per charged event', () => {
    const withFee = dataPrice({
      model: { kind: 'per-unit', price: { amount: '0.02', per: '1' } },
      connectFee: '0.40',
    });
    const allowance = dataAllowance({ quantity: '10' });
    expect(amounts(rateData(priced(withFee, [allowance]), 10, 5, 0, 5))).toEqual([
      '0.00',
      '0.50',
      '0.00',
      '0.50',
    ]);
  });

  it('are not charged beyond a cap, and say that they were zeroed by it', () => {
    const capped = dataPrice({ cap: { amount: '7.00', action: 'stop' } });
    const { rated } = rateData(priced(capped), 1000, 50, 60, 10);
    expect(
      rated.map(({ amount, capReached, zeroedByCap }) => [amountToDecimal(amount), capReached, zeroedByCap]),
    ).toEqual([
      ['5.00', false, false],
      ['1.00', false, false],
      ['1.00', true, false],
      ['0.00', true, true],
    ]);
  });

  it('never round to fen: ten thousand records of 0.3 fen are 30 yuan', () => {
    const tiny = dataPrice({ model: { kind: 'per-unit', price: { amount: '0.003', per: '1' } } });
    const { rated } = rateData(priced(tiny), ...Array<number>(10_000).fill(1));
    expect(amountToDecimal(sumAmounts(rated.map(({ amount }) => amount)))).toBe('30.00');
  });
});

describe('whose price and counter', () => {
  it('a sub card pays the main card’s price, and the group’s data is one counter on the main card', () => {
    const planOf = planFor(plan());
    expect(planOf(usage({ productId: 'sub' }))).toMatchObject({
      counterKey: 'data-out',
      bookedCard: 'main',
      card: 'sub',
    });
    expect(planOf(usage({ productId: 'sub', usageClass: 'voice' }))).toMatchObject({
      counterKey: 'voice-out/sub',
      bookedCard: 'sub',
      offeringCode: 'plan',
    });
  });

  it('is refused where there is none', () => {
    const offers = lookupOf();
    const ask = (overrides: Partial<Parameters<typeof usagePlanOf>[0]>) => () =>
      usagePlanOf({
        holding: product(),
        holdings,
        offers,
        usageClass: 'sms',
        usedAt: local('2026-06-15'),
        ...overrides,
      });
    expect(ask({})).toThrow(expect.objectContaining({ code: 'usage_price_missing' }));
    const sub = product({ productId: 'sub', card: 'sub', role: 'sub', offeringCode: 'sub-card' });
    expect(ask({ holding: sub, holdings: [sub] })).toThrow(
      expect.objectContaining({ code: 'main_card_missing' }),
    );
  });
});

describe('allowances', () => {
  it('take rolled-over data first and charge what none covers', () => {
    const offer = priced(dataPrice(), [dataAllowance({ quantity: '100' })]);
    const july = nextBillPeriod(june, cycle);
    const rolled = rollover(rateData(offer, 70).state, july);
    expect(rolled).toMatchObject([{ code: 'rolled/plan/data', origin: 'rolled', quantity: 30n }]);
    const base = periodEntitlements({
      cardGroupId: 'main',
      holdings,
      offers: lookupOf(offer),
      period: july,
      cycle,
    });
    const event = usage({ quantity: 150n, usedAt: local('2026-07-05') });
    const { rated, state } = rateUsage(openState([...base, ...rolled]), event, planFor(offer)(event));
    expect(rated.takes).toEqual([
      { bucketCode: 'rolled/plan/data', units: 30n },
      { bucketCode: 'plan/data', units: 100n },
    ]);
    expect(amountToDecimal(rated.amount)).toBe('0.40');
    // What was rolled over lapses, and nothing of the base is left.
    expect(rollover(state, nextBillPeriod(july, cycle))).toEqual([]);
  });

  it('roll over at most their cap, and after the base where the tariff says so', () => {
    const offer = priced(dataPrice(), [
      dataAllowance({ quantity: '100', rollover: { periods: 1, cap: '20', order: 'after-base' } }),
    ]);
    const july = nextBillPeriod(june, cycle);
    const rolled = rollover(opened(offer), july);
    expect(rolled.map(({ quantity }) => quantity)).toEqual([20n]);
    const base = periodEntitlements({
      cardGroupId: 'main',
      holdings,
      offers: lookupOf(offer),
      period: july,
      cycle,
    });
    const event = usage({ quantity: 110n, usedAt: local('2026-07-05') });
    const { rated } = rateUsage(openState([...rolled, ...base]), event, planFor(offer)(event));
    expect(rated.takes.map(({ bucketCode }) => bucketCode)).toEqual(['plan/data', 'rolled/plan/data']);
  });

  it('of one product are not for another, nor for another class or before they begin', () => {
    const offer = plan({ allowances: [dataAllowance({ sharedBy: 'product' })] });
    const state = opened(offer);
    const takesOf = (overrides: Partial<UsageEvent>) => {
      const event = usage(overrides);
      return rateUsage(state, event, planFor(offer)(event)).rated.takes.length;
    };
    expect(takesOf({})).toBe(1);
    expect(takesOf({ productId: 'sub' })).toBe(0);
    expect(takesOf({ usageClass: 'voice', quantity: 60n })).toBe(0);
    expect(takesOf({ usedAt: local('2026-07-01') })).toBe(0);
  });
});

describe('laws', () => {
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
        const parts = rateData(priced(odd), ...split).rated.map(({ amount }) => amount);
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
