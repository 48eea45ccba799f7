import type { BillingPolicy, PolicyDocument, TaxPolicy, UsageSourcePolicy } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import { findBillingPolicy, isPolicyInForce } from '@ronghe/rating';
import { billingErrors } from './billing.errors';

/**
 * The billing policy of a day, the highest version where two overlap.
 * @throws DomainError('policy_missing', 'conflict').
 */
export function billingPolicyOn(policies: readonly PolicyDocument[], day: LocalDate): BillingPolicy {
  const found = findBillingPolicy(policies, day);
  if (!found) throw billingErrors.policyMissing(day);
  return found;
}

/** The usage sources that a run for a period ending on this day waits for, by name. */
export function usageSourcesOn(policies: readonly PolicyDocument[], day: LocalDate): string[] {
  const sources = policies
    .filter((policy): policy is UsageSourcePolicy => policy.kind === 'usage-source')
    .filter((policy) => isPolicyInForce(policy, day))
    .map((policy) => policy.source);
  return [...new Set(sources)].sort();
}

const taxTables = new WeakMap<readonly PolicyDocument[], TaxPolicy[]>();

/** Tax tables, newest version first: rates are looked up by the day of service. The same policies have the same list. */
export function taxPolicies(policies: readonly PolicyDocument[]): readonly TaxPolicy[] {
  const known = taxTables.get(policies);
  if (known) return known;
  const tables = policies.filter((policy) => policy.kind === 'tax').sort((a, b) => b.version - a.version);
  taxTables.set(policies, tables);
  return tables;
}

/**
 * Whether the rounding policies of a day say what is done: six decimals for what is rated, two for what is billed, half
 * away from zero. A document that says otherwise is refused where it is written; one that got here bills nobody.
 * @throws DomainError('rounding_unsupported', 'conflict').
 */
export function assertRounding(policies: readonly PolicyDocument[], day: LocalDate): void {
  const days = supported.get(policies) ?? new Set<LocalDate>();
  if (days.has(day)) return;
  for (const policy of policies) {
    if (policy.kind !== 'rounding' || !isPolicyInForce(policy, day)) continue;
    const { currency, amountDecimals, moneyDecimals, mode } = policy;
    const said = `${currency}, ${amountDecimals} and ${moneyDecimals} decimals, ${mode}`;
    if (said !== ROUNDING)
      throw billingErrors.roundingUnsupported(policy.code, policy.version, said, ROUNDING);
  }
  supported.set(policies, days.add(day));
}

/** Days of policies that were looked at: all accounts of a batch ask for the same. */
const supported = new WeakMap<readonly PolicyDocument[], Set<LocalDate>>();

/** What the kernel's Amount and Money do. */
const ROUNDING = 'CNY, 6 and 2 decimals, half-away-from-zero';
