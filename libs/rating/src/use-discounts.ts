import type { DiscountPolicy, LocalizedText } from '@ronghe/contracts';
import {
  assertNever,
  compareRatios,
  localDateOf,
  maxInstant,
  minInstant,
  multiplyRatios,
  ratioFromPercent,
  ratioOf,
  startOfLocalDate,
  subtractRatios,
  type Instant,
  type Period,
  type Ratio,
} from '@ronghe/kernel';
import { discountPoliciesOn } from './bill-policies';
import { compareText } from './compare-text';
import { allHeldTerms } from './held-terms';
import { beginningOfTime, endOfTime, isHeldAt, type Holding, type OfferLookup } from './holding';

export interface UseDiscountQuestion {
  /** Every version of discounts that there is. */
  policies: readonly DiscountPolicy[];
  /** Every product of the account. */
  holdings: readonly Holding[];
  offers: OfferLookup;
  /** What is charged: the class of its price and the specification of the product on which it is booked. */
  chargeClass: string;
  specification: string | null;
  /** Start of the usage: discounts and products are those of this moment. */
  usedAt: Instant;
  zone: string;
}

/** What of a price is paid. */
export interface UseDiscount {
  /** Between 0 and 1. */
  factor: Ratio;
  /** Names and percentages, in the order in which they are taken. */
  text: LocalizedText;
}

/**
 * Whether money that is taken as it is used is discounted by a policy: one that says so, of a percentage of the account's own
 * charges, by what it owns. What must know a whole period first (a total, a fixed sum, a maximum) or other accounts cannot.
 */
export function isGivenOnUse({ prepaid, scope, takes, maximum, when }: DiscountPolicy): boolean {
  return (
    prepaid === 'on-use' &&
    scope === 'account' &&
    'percent' in takes &&
    maximum === null &&
    when.every(({ kind }) => kind !== 'total-at-least')
  );
}

/** The discounts of an account on usage that starts at a moment, one on what the other left; null: none. */
export function useDiscountOf(question: UseDiscountQuestion): UseDiscount | null {
  const given = useDiscounts(question);
  if (given.length === 0) return null;
  const factor = given.map(leavesOf).reduce(multiplyRatios, ratioOf(1n));
  const words = (language: keyof LocalizedText) =>
    given.map((policy) => `${policy.label[language]} −${percentOf(policy)} %`).join(', ');
  return { factor, text: { en: words('en'), 'zh-CN': words('zh-CN') } };
}

/** While nothing begins or ends that decides on discounts of usage. */
export function useDiscountsHold({ policies, holdings: asked, usedAt, zone }: UseDiscountQuestion): Period {
  const holdings = allHeldTerms(asked);
  const edges = [
    ...policies.flatMap(({ effectiveFrom, effectiveTo }) =>
      [effectiveFrom, ...(effectiveTo === null ? [] : [effectiveTo])].map((day) =>
        startOfLocalDate(day, zone),
      ),
    ),
    ...holdings.flatMap(({ effectiveFrom, effectiveTo }) => [
      effectiveFrom,
      ...(effectiveTo ? [effectiveTo] : []),
    ]),
  ];
  return {
    from: edges.filter((edge) => edge <= usedAt).reduce(maxInstant, beginningOfTime),
    to: edges.filter((edge) => edge > usedAt).reduce(minInstant, endOfTime),
  };
}

function useDiscounts(question: UseDiscountQuestion): DiscountPolicy[] {
  const { policies, chargeClass, specification, usedAt, zone } = question;
  const met = discountPoliciesOn(policies, localDateOf(usedAt, zone))
    .filter(isGivenOnUse)
    .filter(({ on }) => on.chargeClasses?.includes(chargeClass) ?? true)
    .filter(
      ({ on }) =>
        on.specifications === null || (!!specification && on.specifications.includes(specification)),
    )
    .filter((policy) => isMet(policy, question))
    .sort((a, b) => a.priority - b.priority || compareText(a.code, b.code));
  return met.filter(
    (policy) =>
      policy.exclusiveGroup === null ||
      policy === largestOf(met.filter((other) => other.exclusiveGroup === policy.exclusiveGroup)),
  );
}

function largestOf(policies: readonly DiscountPolicy[]): DiscountPolicy | undefined {
  // Of equals the first.
  return policies.reduce<DiscountPolicy | undefined>(
    (best, policy) => (best && compareRatios(leavesOf(best), leavesOf(policy)) <= 0 ? best : policy),
    undefined,
  );
}

function isMet({ when }: DiscountPolicy, { holdings: asked, offers, usedAt }: UseDiscountQuestion): boolean {
  const holdings = allHeldTerms(asked);
  const owned = holdings
    .filter((holding) => isHeldAt(holding, usedAt))
    .map(({ offeringCode, offeringVersion }) => offers(offeringCode, offeringVersion).specification);
  return when.every((condition) => {
    switch (condition.kind) {
      case 'owns':
        return condition.specifications.every((specification) => owned.includes(specification));
      case 'owns-at-least':
        return (
          owned.filter((specification) => specification === condition.specification).length >= condition.count
        );
      case 'total-at-least':
        return false;
      default:
        return assertNever(condition);
    }
  });
}

function percentOf({ takes }: DiscountPolicy): string {
  return 'percent' in takes ? takes.percent : '0';
}

function leavesOf(policy: DiscountPolicy): Ratio {
  return subtractRatios(ratioOf(1n), ratioFromPercent(percentOf(policy)));
}
