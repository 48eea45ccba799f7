import type { UsagePrice, UsagePriceModel } from '@ronghe/contracts';
import { amountFromDecimal, amountToDecimal } from '@ronghe/kernel';
import { dataPrice, local, lookupOf, plan, product, usage } from '../test/sample-offers';
import { explanationText } from './explanation';
import { rateUsage } from './rate-usage';
import type { RatingState } from './rating-state';
import { usagePlanOf } from './usage-plan';

const holding = product();
const planOf =
  (...prices: UsagePrice[]) =>
  (usedAt = local('2026-06-15')) =>
    usagePlanOf({
      holding,
      holdings: [holding],
      offers: lookupOf(plan({ usagePrices: prices })),
      usageClass: 'data',
      usedAt,
    });
const price = (model: UsagePriceModel, more: Partial<UsagePrice> = {}) => dataPrice({ model, ...more });

/** What events of so many KB cost, one after the other. */
function amountsOf(of: UsagePrice, ...quantities: number[]): string[] {
  let state: RatingState = { buckets: [], counters: {} };
  return quantities.map((quantity) => {
    const step = rateUsage(state, usage({ quantity: BigInt(quantity) }), planOf(of)());
    state = step.state;
    return amountToDecimal(step.rated.amount);
  });
}

/** What events that others have priced cost. */
function sharesOf(of: UsagePrice, ...prerated: string[]): string[] {
  let state: RatingState = { buckets: [], counters: {} };
  return prerated.map((text) => {
    const event = usage({ quantity: 1n, preratedAmount: amountFromDecimal(text) });
    const step = rateUsage(state, event, planOf(of)());
    state = step.state;
    return amountToDecimal(step.rated.amount);
  });
}

describe('a price by', () => {
  it('packages charges one that is begun, or only full ones', () => {
    const model = { kind: 'package', price: '2.00', size: '100' } as const;
    expect(amountsOf(price({ ...model, rounding: 'up' }), 1, 99, 1, 250)).toEqual([
      '2.00',
      '0.00',
      '2.00',
      '4.00',
    ]);
    expect(amountsOf(price({ ...model, rounding: 'down' }), 99, 1, 250)).toEqual(['0.00', '2.00', '4.00']);
  });

  it('tiers charges each unit by its own, the flat price on entering, at most the maximum', () => {
    const tiers = [
      { upTo: '10', price: { amount: '0.50', per: '1' }, flat: '1.00', maximum: '4.00' },
      { upTo: null, price: { amount: '0.10', per: '3' }, flat: '0.20', maximum: null },
    ];
    // 1.00 + 0.50 × 5; the maximum of 4.00 at 8; the second tier from the eleventh on.
    expect(amountsOf(price({ kind: 'graduated', tiers }), 5, 5, 1, 2)).toEqual([
      '3.50',
      '1.50',
      '0.233333',
      '0.066667',
    ]);
  });

  it('volume charges all units by the tier of the whole, so that an event may give back', () => {
    const tiers = [
      { upTo: '10', price: { amount: '0.50', per: '1' }, flat: '0.00' },
      { upTo: null, price: { amount: '0.30', per: '1' }, flat: '0.00' },
    ];
    expect(amountsOf(price({ kind: 'volume', tiers }), 10, 1)).toEqual(['5.00', '-1.70']);
  });

  it('percentages charges each event by its amount, within bounds, after what is free', () => {
    const model = {
      kind: 'percentage',
      percent: '2.5',
      fixedPerEvent: '0.10',
      minimumPerEvent: '0.20',
      maximumPerEvent: '1.00',
      freeEvents: '0',
      freeAmount: '5.00',
    } as const;
    expect(sharesOf(price(model), '4.00', '3.00', '1.00', '20.00', '90.00')).toEqual([
      '0.00',
      '0.20',
      '0.20',
      '0.60',
      '1.00',
    ]);
    expect(sharesOf(price({ ...model, freeEvents: '1', freeAmount: null }), '90.00', '20.00')).toEqual([
      '0.00',
      '0.60',
    ]);
  });

  it('graduated percentages charges each part of the period’s amounts, a dynamic one what others say', () => {
    const tiers = [
      { upTo: '100', percent: '3', flat: '0.00' },
      { upTo: null, percent: '1', flat: '0.50' },
    ];
    expect(sharesOf(price({ kind: 'graduated-percentage', tiers }), '80.00', '40.00')).toEqual([
      '2.40',
      '1.30',
    ]);
    expect(sharesOf(price({ kind: 'dynamic', multiplier: '1.15' }), '2.000001', '1.00')).toEqual([
      '2.300001',
      '1.15',
    ]);
    expect(() => amountsOf(price({ kind: 'dynamic', multiplier: '1.15' }), 1)).toThrow(
      expect.objectContaining({ code: 'prerated_amount_missing' }),
    );
  });
});

describe('beside its model, a price', () => {
  const linear = { kind: 'per-unit', price: { amount: '0.10', per: '1' } } as const;

  it('has free units in a period, which pay no connect fee either', () => {
    expect(amountsOf(price(linear, { freeUnits: '10', connectFee: '0.50' }), 6, 6, 1)).toEqual([
      '0.00',
      '0.70',
      '0.60',
    ]);
  });

  it('costs at least its minimum from the first event on, and at most its maximum', () => {
    const bounded = price(linear, { minimumSpend: '3.00', maximumSpend: '5.00' });
    expect(amountsOf(bounded, 0, 10, 15, 20, 20)).toEqual(['0.00', '3.00', '0.00', '1.50', '0.50']);
  });

  it('rounds an event once, before it is counted', () => {
    const round = (mode: 'half-away-from-zero' | 'up' | 'down') =>
      amountsOf(
        price(
          { kind: 'per-unit', price: { amount: '0.25', per: '10' } },
          { roundEvent: { decimals: 1, mode } },
        ),
        2,
        3,
        2,
      );
    expect(round('half-away-from-zero')).toEqual(['0.10', '0.10', '0.10']);
    expect(round('up')).toEqual(['0.10', '0.10', '0.10']);
    expect(round('down')).toEqual(['0.00', '0.00', '0.00']);
  });

  it('is the one in force on the local day on which usage starts, and says how long', () => {
    const days = (from: string, to: string | null) => ({ inForce: { from, to } as never });
    const find = planOf(
      price(linear, { code: 'june', ...days('2026-06-01', '2026-07-01') }),
      price(linear, { code: 'july', ...days('2026-07-01', null) }),
    );
    expect(find(local('2026-06-30T23:59:59'))).toMatchObject({
      chargeCode: 'june',
      holds: { from: local('2026-06-01'), to: local('2026-07-01') },
    });
    expect(find(local('2026-07-01')).chargeCode).toBe('july');
    expect(() => find(local('2026-05-31'))).toThrow(expect.objectContaining({ code: 'usage_price_missing' }));
  });

  it('is told in both languages', () => {
    const tiers = [
      { upTo: '10', price: { amount: '0.50', per: '1' }, flat: '0.00', maximum: null },
      { upTo: null, price: { amount: '0.10', per: '1' }, flat: '0.00', maximum: null },
    ];
    const graduated = price({ kind: 'graduated', tiers }, { freeUnits: '2', minimumSpend: '9.00' });
    const state: RatingState = { buckets: [], counters: {} };
    const { rated } = rateUsage(state, usage({ quantity: 14n }), planOf(graduated)(), { trace: true });
    const told = rated.trace;
    expect(told && explanationText(told, 'en')).toBe(
      '2 KB a period free: 12 KB to pay; ' +
        'Data: 0.50 per KB up to 10 KB, 0.10 per KB beyond = 5.20; at least 9.00: 9.00',
    );
    expect(told && explanationText(told, 'zh-CN')).toBe(
      '每账期免费 2 KB：计费 12 KB；Data：10 KB 以内每KB 0.50 元，其余每KB 0.10 元 = 5.20；最低消费 9.00：9.00',
    );
  });
});
