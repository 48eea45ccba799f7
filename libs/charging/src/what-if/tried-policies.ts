import type { DiscountPolicy, NumberGradePolicy, PolicyDocument } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import type { RatingPolicy } from '@ronghe/rating';

/** Before every period that is tried. */
const ALWAYS = parseLocalDate('1900-01-01');

/** Policies as the catalog resolves them. */
export interface ResolvedPolicies {
  policies: readonly PolicyDocument[];
  /** `CODE@VERSION` of drafts. */
  drafted: readonly string[];
  /** Those of them that are live as they are, and only get another end. */
  ended?: readonly string[];
}

/**
 * Policies as they are tried: of each code that is drafted its latest draft, as if it had always been in force, whatever
 * its first day; one that only gets an end, as if it had ended before.
 */
export function triedPolicies({ policies, drafted, ended = [] }: ResolvedPolicies): {
  all: PolicyDocument[];
  /** The drafts among them, also those that end. */
  tried: PolicyDocument[];
} {
  const latest = new Map(
    inVersionOrder(policies)
      .filter((policy) => drafted.includes(keyOf(policy)))
      .map((policy) => [policy.code, policy]),
  );
  const all = policies.flatMap((policy) => {
    if (latest.get(policy.code) !== policy) return [policy];
    return ended.includes(keyOf(policy)) ? [] : [{ ...policy, effectiveFrom: ALWAYS }];
  });
  return { all, tried: [...latest.values()] };
}

/** The earliest version first. */
export function inVersionOrder<D extends { version: number }>(documents: readonly D[]): D[] {
  return [...documents].sort((a, b) => a.version - b.version);
}

/** `CODE@VERSION`. */
export function keyOf({ code, version }: { code: string; version: number }): string {
  return `${code}@${version}`;
}

/** Zone plans and calendars. */
export function isRatingPolicy(policy: PolicyDocument): policy is RatingPolicy {
  return policy.kind === 'zone-plan' || policy.kind === 'calendar';
}

/** Discounts of accounts and balance groups. */
export function isDiscount(policy: PolicyDocument): policy is DiscountPolicy {
  return policy.kind === 'discount';
}

/** Minimum spends of sought-after numbers. */
export function isNumberGrade(policy: PolicyDocument): policy is NumberGradePolicy {
  return policy.kind === 'number-grade';
}

/** Whether a policy decides on what accounts are charged. */
export function isTried(policy: PolicyDocument): boolean {
  return isRatingPolicy(policy) || isDiscount(policy) || isNumberGrade(policy);
}
