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
import {
  changesGroupPrices,
  explainShare,
  giveDiscounts,
  isHeldIn,
  type DiscountShare,
  type GivenDiscount,
} from '@ronghe/rating';
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
  const changing = questions.flatMap(({ holdings, offers }) =>
    holdings.filter((holding) => changesGroupPrices(holding, { offers, period })),
  );
  const gross = questions.map((question) => {
    const { accountId, holdings, offers, cycle, policies } = question;
    return shouldBill({
      holdings,
      groupHoldings: changing.filter((holding) => holding.accountId !== accountId),
      offers,
      policy: billingPolicyOn(policies, lastDay),
      cycle,
      period,
      usageTotals: question.usageTotals.get(period.key) ?? [],
      isPrepaid: question.paymentMode === 'prepaid',
      part,
    });
  });
  const [first] = questions;
  const policies = first ? discountPoliciesOn(first.policies, lastDay) : [];
  if (!first || part === 'advance' || policies.length === 0) return gross;
  const taken = sharesByLine(discountsOf(questions, gross, policies, period));
  return gross.map((lines, index) => {
    const accountId = questions[index]?.accountId ?? '';
    return lines.map((line) =>
      (taken.get(placeOf({ accountId, key: line.key })) ?? []).reduce(takeShare, line),
    );
  });
}

interface TakenShare {
  given: GivenDiscount;
  share: DiscountShare;
}

/** What each line gives, discount by discount in their order. */
function sharesByLine(discounts: readonly GivenDiscount[]): Map<string, TakenShare[]> {
  const taken = new Map<string, TakenShare[]>();
  for (const given of discounts) {
    for (const share of given.shares) {
      const before = taken.get(placeOf(share));
      if (before) before.push({ given, share });
      else taken.set(placeOf(share), [{ given, share }]);
    }
  }
  return taken;
}

function placeOf({ accountId, key }: { accountId: string; key: string }): string {
  return `${accountId}|${key}`;
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
  const holdings = postpaid.flatMap((question) => question.holdings);
  const specifications = new Map(
    holdings
      .filter((holding) => isHeldIn(holding, period))
      .map(({ productId, offeringCode, offeringVersion }) => [
        productId,
        offers(offeringCode, offeringVersion).specification,
      ]),
  );
  const lines = postpaid.flatMap((question) =>
    (gross[questions.indexOf(question)] ?? []).flatMap(({ key, productId, chargeClass, net }) => {
      if (productId === null) return [];
      const specification = specifications.get(productId) ?? null;
      return [{ accountId: question.accountId, key, productId, chargeClass, specification, net }];
    }),
  );
  return giveDiscounts({ lines, holdings, offers, policies, period, cycle });
}

/** The line with its share of a discount taken off. */
function takeShare(line: ChargeLine, { given, share }: TakenShare): ChargeLine {
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
