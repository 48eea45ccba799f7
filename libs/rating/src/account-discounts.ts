import type { DiscountPolicy } from '@ronghe/contracts';
import {
  allocate,
  moneyFromDecimal,
  moneyFromMinor,
  subtractMoney,
  sumMoney,
  type Money,
} from '@ronghe/kernel';
import { compareText } from './compare-text';
import { candidatesOf, type DiscountCandidate, type SharedDiscount } from './discount-candidates';
import { totalOf, type DiscountableLine } from './discount-condition';
import { discountOf } from './discount-words';
import { onlyLargest } from './exclusive-discounts';
import type { Explanation } from './explanation';
import type { ChangeQuestion } from './price-change';
import { percentagesFirst } from './stacked-discounts';

export interface DiscountQuestion extends Omit<ChangeQuestion, 'groupHoldings'> {
  /** Products of all accounts of the balance group, also ended ones. */
  holdings: ChangeQuestion['holdings'];
  /** Bill lines of all of them for the period, after everything that belongs to one product. */
  lines: readonly DiscountableLine[];
  /** Those in force, one version of each code. */
  policies: readonly DiscountPolicy[];
  /** Who uses whose account discounts; default nobody. */
  sharedDiscounts?: readonly SharedDiscount[];
  /** Accounts that have paid as they used: they get what is given them at the end of the period; default none. */
  prepaidAccounts?: ReadonlySet<string>;
  /** The balance group of an account; default one for all. */
  balanceGroupOf?: (accountId: string) => string;
}

/** What a discount gives to one line. */
export interface DiscountShare {
  accountId: string;
  /** Of the line. */
  key: string;
  /** What was left of the line: its weight. */
  part: Money;
  amount: Money;
}

/** A discount that is given to an account, or (`accountId` null) to the balance group as one. */
export interface GivenDiscount {
  policy: DiscountPolicy;
  accountId: string | null;
  /** What was left of its lines. */
  base: Money;
  /** Σ of the shares. */
  total: Money;
  /** How the total came about. */
  explanation: Explanation;
  shares: DiscountShare[];
}

/**
 * The discounts on what accounts of a balance group owe for a period, in the order in which they are taken: percentages
 * before fixed amounts, then by priority, an account's before the group's. Each is taken from what the ones before
 * left, at most its maximum and never below zero, and is spread over its lines by largest remainder, so that the shares
 * add up to it. The order of the input does not matter. SEMANTICS §6.
 */
export function giveDiscounts(question: DiscountQuestion): GivenDiscount[] {
  const lines = [...question.lines].sort(
    (a, b) => compareText(a.accountId, b.accountId) || compareText(a.key, b.key),
  );
  const candidates = question.policies.flatMap((policy) => candidatesOf(policy, { ...question, lines }));
  const left = new Map(lines.map((line) => [line, line.net]));
  return inOrder(onlyLargest(candidates)).flatMap((candidate) => {
    const rest = candidate.lines.map((line) => ({ ...line, net: left.get(line) ?? line.net }));
    const given = give(candidate, rest);
    given.shares.forEach(({ amount }, index) => {
      const line = candidate.lines[index];
      if (line) left.set(line, subtractMoney(left.get(line) ?? line.net, amount));
    });
    const shares = given.shares.filter(({ amount }) => amount > 0n);
    return shares.length > 0 ? [{ ...given, shares }] : [];
  });
}

function inOrder(candidates: readonly DiscountCandidate[]): DiscountCandidate[] {
  const sorted = [...candidates].sort(
    (a, b) =>
      a.policy.priority - b.policy.priority ||
      Number(a.accountId === null) - Number(b.accountId === null) ||
      compareText(a.policy.code, b.policy.code) ||
      compareText(a.accountId ?? '', b.accountId ?? '') ||
      compareText(a.balanceGroup, b.balanceGroup),
  );
  return percentagesFirst(sorted, ({ policy }) => 'fixed' in policy.takes);
}

function give({ policy, accountId }: DiscountCandidate, lines: readonly DiscountableLine[]): GivenDiscount {
  const base = totalOf(lines);
  const explanation = discountOf(policy, base);
  const total = moneyFromDecimal(explanation.result);
  const amounts = allocate(
    total,
    lines.map(({ net }) => net),
  );
  const shares = lines.map(({ accountId: owner, key, net }, index) => ({
    accountId: owner,
    key,
    part: net,
    amount: moneyFromMinor(amounts[index] ?? 0n),
  }));
  return {
    policy,
    accountId,
    base,
    total: sumMoney(shares.map(({ amount }) => amount)),
    explanation,
    shares,
  };
}
