import type { DiscountCondition, DiscountPolicy } from '@ronghe/contracts';
import {
  addDays,
  amountFromDecimal,
  assertNever,
  moneyToAmount,
  sumMoney,
  zeroMoney,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import { isHeldIn, type DayRange } from './holding';
import { heldDays, type ChangeQuestion } from './price-change';

/** A bill line that a discount may be taken from. */
export interface DiscountableLine {
  accountId: string;
  /** Unique in the account. */
  key: string;
  productId: string;
  chargeClass: string;
  /** Of the product's offer. */
  specification: string | null;
  /** What is left of it to pay. */
  net: Money;
  /** Holds usage, of which the price was lowered where a discount is given on use. */
  isUsage?: boolean;
}

/** The lines that a discount is taken from: of its classes and specifications, and of more than nothing. */
export function linesOf<T extends DiscountableLine>({ on }: DiscountPolicy, lines: readonly T[]): T[] {
  return lines.filter(({ specification, chargeClass, net }) => {
    const isOfClass = on.chargeClasses === null || on.chargeClasses.includes(chargeClass);
    const isOfSpecification =
      on.specifications === null || (!!specification && on.specifications.includes(specification));
    return isOfClass && isOfSpecification && net > zeroMoney;
  });
}

/**
 * Whether what is owned and charged meets every condition. Products count by the days of the period on which they are
 * held; a total is what the lines come to before discounts of accounts and groups.
 */
export function meets(
  conditions: readonly DiscountCondition[],
  lines: readonly DiscountableLine[],
  question: ChangeQuestion,
): boolean {
  return conditions.every((condition) => {
    switch (condition.kind) {
      case 'owns':
        return ownedTogether(condition.specifications, question);
      case 'owns-at-least':
        return mostAtOnce(condition.specification, question) >= condition.count;
      case 'total-at-least':
        return moneyToAmount(totalOf(lines)) >= amountFromDecimal(condition.amount);
      default:
        return assertNever(condition);
    }
  });
}

/** Whether there is a day of the period on which a product of each specification is held. */
function ownedTogether(specifications: readonly string[], question: ChangeQuestion): boolean {
  const held = specifications.map((specification) => daysOf(specification, question));
  return daysOfPeriod(question).some((day) =>
    held.every((ranges) => ranges.some(({ from, to }) => from <= day && day < to)),
  );
}

/** How many products of a specification are held on the day on which most are. */
function mostAtOnce(specification: string, question: ChangeQuestion): number {
  const ranges = daysOf(specification, question);
  const counts = daysOfPeriod(question).map(
    (day) => ranges.filter(({ from, to }) => from <= day && day < to).length,
  );
  return Math.max(...counts);
}

/** Σ of what is left to pay. */
export function totalOf(lines: readonly DiscountableLine[]): Money {
  return sumMoney(lines.map(({ net }) => net));
}

function daysOf(specification: string, question: ChangeQuestion): DayRange[] {
  const { holdings, offers, period } = question;
  return holdings
    .filter((each) => isHeldIn(each, period))
    .filter((each) => offers(each.offeringCode, each.offeringVersion).specification === specification)
    .flatMap((each) => heldDays(each, question) ?? []);
}

function daysOfPeriod({ period }: ChangeQuestion): LocalDate[] {
  return Array.from({ length: period.days }, (_, index) => addDays(period.firstDay, index));
}
