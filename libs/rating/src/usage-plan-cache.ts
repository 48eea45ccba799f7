import type { UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { UsagePlan } from './usage-plan';

/** Plans that were found once, by product and usage class, each for the time in which it holds (`UsagePlan.holds`). */
export class UsagePlanCache {
  private readonly plans = new Map<string, UsagePlan[]>();

  /** The plan for usage that starts at an instant; asked for where it is not known. */
  planOf(productId: string, usageClass: UsageClass, usedAt: Instant, find: () => UsagePlan): UsagePlan {
    const key = `${usageClass}/${productId}`;
    let known = this.plans.get(key);
    if (known) {
      for (const plan of known) {
        if (plan.holds && plan.holds.from <= usedAt && usedAt < plan.holds.to) return plan;
      }
    } else {
      known = [];
      this.plans.set(key, known);
    }
    const plan = find();
    known.push(plan);
    return plan;
  }
}
