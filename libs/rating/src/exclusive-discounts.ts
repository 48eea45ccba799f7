import { moneyFromDecimal, sumMoney, type Money } from '@ronghe/kernel';
import type { DiscountCandidate } from './discount-candidates';
import { compareText } from './compare-text';
import { totalOf } from './discount-condition';
import { discountOf } from './discount-words';

/**
 * Of the discounts of one exclusive group, in a balance group, only the largest is given, each measured by what it would take alone: per
 * account the largest of the account's, or in place of all of these the group's where that is more than they together.
 * Among equals the lower priority, then the code decides.
 */
export function onlyLargest(candidates: readonly DiscountCandidate[]): DiscountCandidate[] {
  const groups = new Map<string, DiscountCandidate[]>();
  const kept: DiscountCandidate[] = [];
  for (const candidate of candidates) {
    const { exclusiveGroup } = candidate.policy;
    if (exclusiveGroup === null) kept.push(candidate);
    else {
      const key = JSON.stringify([candidate.balanceGroup, exclusiveGroup]);
      groups.set(key, [...(groups.get(key) ?? []), candidate]);
    }
  }
  return [...kept, ...[...groups.values()].flatMap(largestOf)];
}

function largestOf(group: readonly DiscountCandidate[]): DiscountCandidate[] {
  const best = new Map<string | null, DiscountCandidate>();
  for (const candidate of group) {
    const known = best.get(candidate.accountId);
    if (!known || compare(candidate, known) < 0) best.set(candidate.accountId, candidate);
  }
  const ofGroup = best.get(null);
  const ofAccounts = [...best.values()].filter(({ accountId }) => accountId !== null);
  return ofGroup && alone(ofGroup) > sumMoney(ofAccounts.map(alone)) ? [ofGroup] : ofAccounts;
}

function compare(a: DiscountCandidate, b: DiscountCandidate): number {
  const difference = alone(b) - alone(a);
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return a.policy.priority - b.policy.priority || compareText(a.policy.code, b.policy.code);
}

function alone({ policy, lines }: DiscountCandidate): Money {
  return moneyFromDecimal(discountOf(policy, totalOf(lines)).result);
}
