import { amountToDecimal, nextBillPeriod, sumAmounts } from '@ronghe/kernel';
import type { UsagePrice } from '@ronghe/contracts';
import { holdings, june, opened, planFor, priced, rateData } from '../test/rating-bench';
import {
  cycle,
  dataAllowance,
  dataPrice,
  local,
  lookupOf,
  plan,
  product,
  usage,
  voicePrice,
} from '../test/sample-offers';
import { periodEntitlements } from './entitlements';
import type { ratePeriod } from './rate-period';
import { rateUsage, type UsageEvent } from './rate-usage';
import { openState, rollover } from './rating-state';
import { usagePlanOf } from './usage-plan';
import { compileUsagePrice } from './usage-price';

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
