import fc from 'fast-check';
import type { UsagePrice } from '@ronghe/contracts';
import { amountFromMicro } from '@ronghe/kernel';
import { anyPrice, policies, rateModels } from '../test/any-price.fixture';
import { local, lookupOf, plan, product, usage } from '../test/sample-offers';
import { grantQuota } from './quota';
import { rateUsage } from './rate-usage';
import { usagePlanOf } from './usage-plan';

const holding = product();
const planOf = (price: UsagePrice) =>
  usagePlanOf({
    holding,
    holdings: [holding],
    offers: lookupOf(plan({ usagePrices: [price] })),
    usageClass: 'voice',
    usedAt: local('2026-06-01'),
    policies,
  });
const free = { buckets: [], counters: {} };
const any = fc.record({
  used: fc.bigInt({ min: 0n, max: 900n }),
  wanted: fc.bigInt({ min: 1n, max: 900n }),
  usedAt: fc.constantFrom('2026-06-16T21:55:00', '2026-06-16T12:00:00', '2026-06-18T23:59:30').map(local),
  peer: fc.constantFrom('8613800000000', '85212345678', '12025550100'),
});

describe('a grant', () => {
  it('of what is wanted goes on only as far as that costs no more', () => {
    fc.assert(
      fc.property(anyPrice(rateModels), any, (price, { used, wanted, ...at }) => {
        const usagePlan = planOf({ ...price, cap: null });
        const event = usage({ usageClass: 'voice', quantity: used, ...at });
        const { quantity } = grantQuota({ used: event, plan: usagePlan, free, wanted, funds: null });
        const costOf = (more: bigint) =>
          rateUsage(free, { ...event, quantity: used + more }, usagePlan).rated.amount;
        expect(quantity).toBeGreaterThanOrEqual(wanted);
        // Less where the increment reaches into a cheaper step: a stretch is lengthened at the rate of its own.
        expect(costOf(quantity)).toBeLessThanOrEqual(costOf(wanted));
      }),
    );
  });

  it('costs no more than the funds, and one unit more would, or was not wanted', () => {
    const funds = fc.bigInt({ min: 0n, max: 20_000_000n }).map(amountFromMicro);
    fc.assert(
      fc.property(anyPrice(rateModels), any, funds, (price, { used, wanted, ...at }, money) => {
        const usagePlan = planOf({ ...price, cap: null });
        const event = usage({ usageClass: 'voice', quantity: used, ...at });
        const quota = grantQuota({ used: event, plan: usagePlan, free, wanted, funds: money });
        const costOf = (more: bigint) =>
          rateUsage(free, { ...event, quantity: used + more }, usagePlan).rated.amount;
        expect(quota.cost).toBe(costOf(quota.quantity) - costOf(0n));
        expect(quota.cost).toBeLessThanOrEqual(money);
        if (quota.quantity < wanted) expect(costOf(quota.quantity + 1n) - costOf(0n)).toBeGreaterThan(money);
      }),
    );
  });
});
