import type { DiscountPolicy } from '@ronghe/contracts';
import {
  addDays,
  addMoney,
  minAmount,
  moneyToAmount,
  subtractAmounts,
  subtractMoney,
  type BillPeriod,
} from '@ronghe/kernel';
import { explainShare, giveDiscounts, type GivenDiscount } from '@ronghe/rating';
import { billingPolicyOn, discountPoliciesOn } from '../policy';
import type { ChargeLine } from './charge-line';
import type { DraftQuestion } from './draft-bill';
import { shouldBill } from './should-bill';

/** What the accounts of a billing group should be charged for a period, in the order of the accounts. */
export type GroupCharges = (period: BillPeriod, part: 'all' | 'advance') => ChargeLine[][];

/**
 * Charges of the accounts of a billing group, worked out for all of them at once, each period once: gross charges first,
 * then discounts of accounts and of the group (SEMANTICS §7). These look at the whole period, so fees in advance get
 * their share only when their own period is billed. What is prepaid has been paid as it came, and gets none.
 */
export function groupCharges(questions: readonly DraftQuestion[]): GroupCharges {
  const known = new Map<string, ChargeLine[][]>();
  return (period, part) => {
    const key = `${period.key}/${part}`;
    const charges = known.get(key) ?? chargesOf(questions, period, part);
    known.set(key, charges);
    return charges;
  };
}

function chargesOf(
  questions: readonly DraftQuestion[],
  period: BillPeriod,
  part: 'all' | 'advance',
): ChargeLine[][] {
  const lastDay = addDays(period.endDay, -1);
  const gross = questions.map((question) => {
    const { accountId, holdings, offers, cycle, policies } = question;
    const others = questions.filter((other) => other.accountId !== accountId);
    return shouldBill({
      holdings,
      groupHoldings: others.flatMap((other) => other.holdings),
      offers,
      policy: billingPolicyOn(policies, lastDay),
      cycle,
      period,
      usageTotals: question.usageTotals.get(period.key) ?? [],
      part,
    });
  });
  const [first] = questions;
  const policies = first ? discountPoliciesOn(first.policies, lastDay) : [];
  if (!first || part === 'advance' || policies.length === 0) return gross;
  const given = discountsOf(questions, gross, policies, period);
  return gross.map((lines, index) => {
    const accountId = questions[index]?.accountId;
    return lines.map((line) => given.reduce((left, each) => takeShare(left, each, accountId), line));
  });
}

function discountsOf(
  questions: readonly DraftQuestion[],
  gross: readonly ChargeLine[][],
  policies: DiscountPolicy[],
  period: BillPeriod,
): GivenDiscount[] {
  const postpaid = questions.filter(({ paymentMode }) => paymentMode === 'postpaid');
  const [first] = postpaid;
  if (!first) return [];
  const { offers, cycle } = first;
  return giveDiscounts({
    lines: postpaid.flatMap((question) => {
      const { accountId } = question;
      const lines = gross[questions.indexOf(question)] ?? [];
      return lines.flatMap(({ key, productId, chargeClass, net }) =>
        productId === null ? [] : [{ accountId, key, productId, chargeClass, net }],
      );
    }),
    holdings: postpaid.flatMap(({ holdings }) => holdings),
    offers,
    policies,
    period,
    cycle,
  });
}

/** The line with its share of a discount taken off; the line itself where it has none. */
function takeShare(line: ChargeLine, given: GivenDiscount, accountId: string | undefined): ChargeLine {
  const share = given.shares.find((each) => each.accountId === accountId && each.key === line.key);
  if (!share) return line;
  const { code, version, label, scope } = given.policy;
  const { amount } = share;
  return {
    ...line,
    discount: addMoney(line.discount, amount),
    net: subtractMoney(line.net, amount),
    discounts: [...line.discounts, { code, version, label, scope, amount }],
    // The whole line may be given while its exact charge lies a little below it.
    exact: subtractAmounts(line.exact, minAmount(moneyToAmount(amount), line.exact)),
    explanation: explainShare(line.explanation, given, share),
  };
}
