import type { BillingPolicy, DiscountPolicy, NumberGradePolicy, PolicyDocument } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import { discountPoliciesOn, findNumberGrades } from '@ronghe/rating';
import { billingPolicyOn } from '../policy';

/** What the policies of a day say of bills. */
export interface DayTerms {
  chargeClasses: BillingPolicy['chargeClasses'];
  discounts: DiscountPolicy[];
  numberGrades: NumberGradePolicy | undefined;
}

const found = new WeakMap<readonly PolicyDocument[], Map<LocalDate, DayTerms>>();

/**
 * The terms of a day, found once in each list of policies: all accounts of a batch have the same.
 * @throws DomainError `policy_missing`.
 */
export function termsOn(policies: readonly PolicyDocument[], day: LocalDate): DayTerms {
  const days = found.get(policies) ?? new Map<LocalDate, DayTerms>();
  found.set(policies, days);
  const known = days.get(day);
  if (known) return known;
  const terms = {
    chargeClasses: billingPolicyOn(policies, day).chargeClasses,
    discounts: discountPoliciesOn(policies, day),
    numberGrades: findNumberGrades(policies, day),
  };
  days.set(day, terms);
  return terms;
}
