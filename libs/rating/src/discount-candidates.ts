import type { DiscountPolicy } from '@ronghe/contracts';
import type { DiscountQuestion } from './account-discounts';
import { compareText } from './compare-text';
import { linesOf, meets, type DiscountableLine } from './discount-condition';

/** The member's charges count as the owner's for these account discounts, where the owner meets their conditions. */
export interface SharedDiscount {
  ownerAccountId: string;
  memberAccountId: string;
  /** Codes of discount policies. */
  codes: readonly string[];
}

/** A discount for an account or the group whose conditions are met. */
export interface DiscountCandidate {
  policy: DiscountPolicy;
  /** Null: the balance group as one. */
  accountId: string | null;
  balanceGroup: string;
  /** What it is taken from; for an account that shares it, also lines of its members. */
  lines: DiscountableLine[];
}

/** Whom a discount is given: each account that meets its conditions with its members, or each balance group. */
export function candidatesOf(policy: DiscountPolicy, asked: DiscountQuestion): DiscountCandidate[] {
  const question = openTo(policy, asked);
  return policy.scope === 'account' ? ofAccounts(policy, question) : ofGroups(policy, question);
}

/**
 * Prepaid accounts take part where the policy says so; what was given on use is in their usage already, and is left to be
 * given on their fees.
 */
function openTo({ prepaid }: DiscountPolicy, question: DiscountQuestion): DiscountQuestion {
  const { prepaidAccounts, lines, holdings } = question;
  if (!prepaidAccounts?.size || prepaid === 'at-period-end') return question;
  const isPrepaid = ({ accountId }: { accountId: string }) => prepaidAccounts.has(accountId);
  if (prepaid === 'on-use')
    return { ...question, lines: lines.filter((line) => !(isPrepaid(line) && line.isUsage)) };
  return {
    ...question,
    lines: lines.filter((line) => !isPrepaid(line)),
    holdings: holdings.filter((holding) => !isPrepaid(holding)),
  };
}

function ofGroups(policy: DiscountPolicy, question: DiscountQuestion): DiscountCandidate[] {
  const groupOf = question.balanceGroupOf ?? (() => '');
  const groups = [...new Set(question.lines.map(({ accountId }) => groupOf(accountId)))].sort(compareText);
  return groups.flatMap((balanceGroup) => {
    const isIn = ({ accountId }: { accountId: string }) => groupOf(accountId) === balanceGroup;
    const owned = { ...question, holdings: question.holdings.filter(isIn) };
    const lines = linesOf(policy, question.lines.filter(isIn));
    const isGiven = lines.length > 0 && meets(policy.when, lines, owned);
    return isGiven ? [{ policy, accountId: null, balanceGroup, lines }] : [];
  });
}

/**
 * An owner's discount is one for its own lines and its members': a fixed amount and a maximum are taken once. Whoever
 * uses an owner's does not get the same one again of its own.
 */
function ofAccounts(policy: DiscountPolicy, question: DiscountQuestion): DiscountCandidate[] {
  const groupOf = question.balanceGroupOf ?? (() => '');
  const sharing = (question.sharedDiscounts ?? []).filter(({ codes }) => codes.includes(policy.code));
  const owners = [...new Set(sharing.map((each) => each.ownerAccountId))].sort(compareText);
  const all = new Set([...owners, ...question.lines.map((line) => line.accountId)]);
  const used = new Set<string>();
  return [...all].flatMap((accountId) => {
    if (used.has(accountId)) return [];
    const isOwn = (each: { accountId: string }) => each.accountId === accountId;
    const own = linesOf(policy, question.lines.filter(isOwn));
    const owned = { ...question, holdings: question.holdings.filter(isOwn) };
    if (!meets(policy.when, own, owned)) return [];
    const members = new Set(
      sharing
        .filter((each) => each.ownerAccountId === accountId && !used.has(each.memberAccountId))
        .map((each) => each.memberAccountId),
    );
    const theirs = linesOf(
      policy,
      question.lines.filter((line) => members.has(line.accountId)),
    );
    const lines = [...own, ...theirs];
    if (lines.length === 0) return [];
    for (const each of [accountId, ...members]) used.add(each);
    return [{ policy, accountId, balanceGroup: groupOf(accountId), lines }];
  });
}
