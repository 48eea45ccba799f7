import type {
  BillingPolicy,
  DiscountPolicy,
  PolicyDocument,
  TaxPolicy,
  UsageSourcePolicy,
} from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import { billingErrors } from './billing.errors';

/** Whether a document is in force on a local day: from its first day until before its last. */
export function isInForce(policy: PolicyDocument, day: LocalDate): boolean {
  return policy.effectiveFrom <= day && (policy.effectiveTo === null || day < policy.effectiveTo);
}

/**
 * The billing policy of a day, the highest version where two overlap.
 * @throws DomainError('policy_missing', 'conflict').
 */
export function billingPolicyOn(policies: readonly PolicyDocument[], day: LocalDate): BillingPolicy {
  const found = policies
    .filter((policy) => policy.kind === 'billing')
    .filter((policy) => isInForce(policy, day))
    .sort((a, b) => b.version - a.version)[0];
  if (!found) throw billingErrors.policyMissing(day);
  return found;
}

/** The usage sources that a run for a period ending on this day waits for, by name. */
export function usageSourcesOn(policies: readonly PolicyDocument[], day: LocalDate): string[] {
  const sources = policies
    .filter((policy): policy is UsageSourcePolicy => policy.kind === 'usage-source')
    .filter((policy) => isInForce(policy, day))
    .map((policy) => policy.source);
  return [...new Set(sources)].sort();
}

/** Tax tables, newest version first: rates are looked up by the day of service. */
export function taxPolicies(policies: readonly PolicyDocument[]): TaxPolicy[] {
  return policies.filter((policy) => policy.kind === 'tax').sort((a, b) => b.version - a.version);
}

/** Discounts in force on a day, the highest version of each code. */
export function discountPoliciesOn(policies: readonly PolicyDocument[], day: LocalDate): DiscountPolicy[] {
  const byCode = new Map<string, DiscountPolicy>();
  for (const policy of policies) {
    if (policy.kind !== 'discount' || !isInForce(policy, day)) continue;
    const known = byCode.get(policy.code);
    if (!known || known.version < policy.version) byCode.set(policy.code, policy);
  }
  return [...byCode.values()];
}

/**
 * Whether the rounding policies of a day say what is done: six decimals for what is rated, two for what is billed, half
 * away from zero. A document that says otherwise is refused where it is written; one that got here bills nobody.
 * @throws DomainError('rounding_unsupported', 'conflict').
 */
export function assertRounding(policies: readonly PolicyDocument[], day: LocalDate): void {
  for (const policy of policies) {
    if (policy.kind !== 'rounding' || !isInForce(policy, day)) continue;
    const { currency, amountDecimals, moneyDecimals, mode } = policy;
    const said = `${currency}, ${amountDecimals} and ${moneyDecimals} decimals, ${mode}`;
    if (said !== ROUNDING)
      throw billingErrors.roundingUnsupported(policy.code, policy.version, said, ROUNDING);
  }
}

/** What the kernel's Amount and Money do. */
const ROUNDING = 'CNY, 6 and 2 decimals, half-away-from-zero';
