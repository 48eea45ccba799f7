import type { UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { beginningOfTime, endOfTime } from './holding';
import type { UsagePlan } from './usage-plan';

/** Plans that were found once, by product and usage class, each for the time in which it holds (`UsagePlan.holds`). */
export class UsagePlanCache {
  private readonly products = new Map<string, { usageClass: UsageClass; plan: UsagePlan }[]>();

  /** The plan for usage that starts at an instant; asked for where it is not known. */
  planOf(productId: string, usageClass: UsageClass, usedAt: Instant, find: () => UsagePlan): UsagePlan {
    const known = this.products.get(productId);
    // A product has a few: of each class one, and perhaps one more where something changed.
    if (known)
      for (const each of known)
        if (each.usageClass === usageClass && holdsAt(each.plan, usedAt)) return each.plan;
    const plan = find();
    if (known) known.push({ usageClass, plan });
    else this.products.set(productId, [{ usageClass, plan }]);
    return plan;
  }
}

function holdsAt({ holds }: UsagePlan, usedAt: Instant): boolean {
  if (!holds) return false;
  const { from, to } = holds;
  return (from === beginningOfTime || from <= usedAt) && (to === endOfTime || usedAt < to);
}
