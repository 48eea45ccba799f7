import type { UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { beginningOfTime, endOfTime } from './holding';
import type { UsagePlan } from './usage-plan';

/** Plans that were found once, by product and usage class, each for the time in which it holds (`UsagePlan.holds`). */
export class UsagePlanCache {
  private readonly products = new Map<string, Map<UsageClass, UsagePlan[]>>();

  /** The plan for usage that starts at an instant; asked for where it is not known. */
  planOf(productId: string, usageClass: UsageClass, usedAt: Instant, find: () => UsagePlan): UsagePlan {
    let classes = this.products.get(productId);
    if (!classes) this.products.set(productId, (classes = new Map<UsageClass, UsagePlan[]>()));
    let known = classes.get(usageClass);
    if (!known) classes.set(usageClass, (known = []));
    for (const plan of known) if (holdsAt(plan, usedAt)) return plan;
    const plan = find();
    known.push(plan);
    return plan;
  }
}

function holdsAt({ holds }: UsagePlan, usedAt: Instant): boolean {
  if (!holds) return false;
  const { from, to } = holds;
  return (from === beginningOfTime || from <= usedAt) && (to === endOfTime || usedAt < to);
}
