import type { BillingPolicy, DiscountPolicy, NumberGradePolicy, PolicyDocument } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';

/** Whether a document is in force on a local day: from its first day until before its last. */
export function isPolicyInForce(policy: PolicyDocument, day: LocalDate): boolean {
  return policy.effectiveFrom <= day && (policy.effectiveTo === null || day < policy.effectiveTo);
}

/** The billing policy of a day, the highest version where two overlap; undefined: there is none. */
export function findBillingPolicy(
  policies: readonly PolicyDocument[],
  day: LocalDate,
): BillingPolicy | undefined {
  return policies
    .filter((policy) => policy.kind === 'billing')
    .filter((policy) => isPolicyInForce(policy, day))
    .sort((a, b) => b.version - a.version)[0];
}

/** The minimum spends of numbers on a day, the highest version where two overlap; undefined: there are none. */
export function findNumberGrades(
  policies: readonly PolicyDocument[],
  day: LocalDate,
): NumberGradePolicy | undefined {
  return policies
    .filter((policy) => policy.kind === 'number-grade')
    .filter((policy) => isPolicyInForce(policy, day))
    .sort((a, b) => b.version - a.version)[0];
}

/** Discounts in force on a day, the highest version of each code. */
export function discountPoliciesOn(policies: readonly PolicyDocument[], day: LocalDate): DiscountPolicy[] {
  const byCode = new Map<string, DiscountPolicy>();
  for (const policy of policies) {
    if (policy.kind !== 'discount' || !isPolicyInForce(policy, day)) continue;
    const known = byCode.get(policy.code);
    if (!known || known.version < policy.version) byCode.set(policy.code, policy);
  }
  return [...byCode.values()];
}
