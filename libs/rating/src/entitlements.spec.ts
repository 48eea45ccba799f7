import { billPeriodOf } from '@ronghe/kernel';
import { bundleSpan } from './bundle-span';
import { periodEntitlements } from './entitlements';
import { endOfTime, type Holding } from './holding';
import { bundle, bundled, cycle, dataAllowance, local, lookupOf, plan, product } from '../test/sample-offers';

function grants(
  holdings: Holding[],
  key: string,
  cardGroupId = 'main',
  offers = lookupOf(),
): [string, number][] {
  const period = billPeriodOf(key, cycle);
  return periodEntitlements({ cardGroupId, holdings, offers, period, cycle }).map(({ code, quantity }) => [
    code,
    Number(quantity),
  ]);
}

describe('an allowance', () => {
  it('of a part period follows the days, rounded up to whole units', () => {
    const from11th = [product({ effectiveFrom: local('2026-06-11') })];
    expect(grants(from11th, '2026-06')).toEqual([['plan/data', 200]]);
    // 300 × 29 ÷ 31 = 280.6, in tens: 290.
    expect(grants([product({ effectiveFrom: local('2026-07-03') })], '2026-07')).toEqual([
      ['plan/data', 290],
    ]);
    expect(grants(from11th, '2026-05')).toEqual([]);
  });

  it('of a whole period is not rounded', () => {
    const odd = lookupOf(plan({ allowances: [dataAllowance({ quantity: '305' })] }));
    expect(grants([product()], '2026-06', 'main', odd)).toEqual([['plan/data', 305]]);
    // Rounding up never gives more than the whole: 305 × 30 ÷ 31 = 295.2 → 300; a day less is 285.3 → 290.
    expect(grants([product({ effectiveFrom: local('2026-07-02') })], '2026-07', 'main', odd)).toEqual([
      ['plan/data', 300],
    ]);
  });

  it('ends with the product: full in the last period, nothing after', () => {
    const ended = [product({ effectiveTo: local('2026-07-10') })];
    expect(grants(ended, '2026-07')).toEqual([['plan/data', 300]]);
    expect(grants(ended, '2026-08')).toEqual([]);
  });

  it('of several products of a card group has a bucket each, that cannot be taken for another’s', () => {
    const second = product({ productId: 'sub', card: 'sub1', role: 'sub' });
    expect(grants([product(), second], '2026-06')).toEqual([
      ['plan/data', 300],
      ['plan/data/sub1', 300],
    ]);
  });
});

describe('while a bundle holds', () => {
  it('its allowance replaces the plan’s, and each member has its own', () => {
    expect(grants(bundled(), '2026-06')).toEqual([['bundle/data', 600]]);
    expect(grants(bundled(), '2026-06', 'line')).toEqual([['bundle/voice', 40]]);
  });

  it('that began within the period both are granted by days, the bundle’s from its first day', () => {
    const holdings = bundled({}, { effectiveFrom: local('2026-06-11T16:00:00') });
    const period = billPeriodOf('2026-06', cycle);
    const found = periodEntitlements({ cardGroupId: 'main', holdings, offers: lookupOf(), period, cycle });
    expect(found.map(({ code, quantity, validFrom }) => [code, quantity, validFrom])).toEqual([
      ['bundle/data', 400n, local('2026-06-11')],
      ['plan/data', 100n, local('2026-06-01')],
    ]);
  });

  it('and after its end the plan’s own comes back, but what stays, stays', () => {
    const holdings = bundled({ effectiveTo: local('2026-07-15') });
    expect(grants(holdings, '2026-07')).toEqual([['bundle/data', 600]]);
    expect(grants(holdings, '2026-08')).toEqual([]);
    expect(grants(holdings, '2026-08', 'line')).toEqual([['bundle/voice', 40]]);
    const lineLost = bundled({}, { effectiveTo: local('2026-07-15') });
    expect(grants(lineLost, '2026-08')).toEqual([['plan/data', 300]]);
  });
});

describe('the span of a bundle', () => {
  const span = (holdings: Holding[]) => bundleSpan(holdings, bundle, cycle);

  it('begins when the last required member is active and has no end while none is lost', () => {
    expect(span(bundled({}, { effectiveFrom: local('2026-06-05') }))).toEqual({
      from: local('2026-06-05'),
      to: endOfTime,
    });
  });

  it('ends with the period in which a member is lost; lost as a period begins counts to the one before', () => {
    expect(span(bundled({}, { effectiveTo: local('2026-07-31T23:59:59') }))?.to).toBe(local('2026-08-01'));
    expect(span(bundled({}, { effectiveTo: local('2026-08-01') }))?.to).toBe(local('2026-08-01'));
    expect(span(bundled({}, { effectiveTo: local('2026-08-01T00:00:01') }))?.to).toBe(local('2026-09-01'));
  });

  it('goes on while another product of the same member is there', () => {
    const [main, line] = bundled({}, { effectiveTo: local('2026-07-15') });
    const second = { ...line, productId: 'line2', effectiveFrom: local('2026-07-01'), effectiveTo: null };
    expect(span([main, line, second])?.to).toBe(endOfTime);
  });

  it('follows the bill day of the account', () => {
    const holdings = bundled({}, { effectiveTo: local('2026-07-15') });
    expect(bundleSpan(holdings, bundle, { billDay: 10, zone: 'Asia/Shanghai' })?.to).toBe(
      local('2026-08-10'),
    );
  });
});
