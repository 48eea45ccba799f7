import type { LocalizedText, OfferDocument, RecurringPrice } from '@ronghe/contracts';
import { amountFromDecimal, billPeriodAt } from '@ronghe/kernel';
import { ExplanationBuilder, type Explanation, type StepReference } from './explanation';
import type { DayRange, Holding } from './holding';
import type { PeriodShare } from './period-share';
import type { RecurringDiscount, RecurringQuestion } from './recurring-charges';
import { leaves, percentOff, prorated } from './wording';

/** One price of one product in the period, with the days that are charged. */
export interface Fee {
  price: RecurringPrice;
  offer: OfferDocument;
  holding: Holding;
  days: DayRange;
  /** Of these days, those that are not charged because the product was stopped. */
  paused: readonly DayRange[];
  share: PeriodShare;
}

/** The list price of the days that are charged. */
export function explainList({ price, share }: Fee): Explanation {
  const list = new ExplanationBuilder();
  addPart(list, price.label, price.amount, { ...share, after: 0 });
  return list.build();
}

/** Takes the offer's own discounts from what the builder holds so far, one after the other. */
export function applyOfferDiscounts(
  net: ExplanationBuilder,
  { price, offer, holding }: Fee,
  { period, cycle }: RecurringQuestion,
): RecurringDiscount[] {
  // A change of the offer begins no discount anew: periods count from the one in which the product was ordered.
  const { heldFrom, orderedInBundle } = holding.part ?? {
    heldFrom: holding.effectiveFrom,
    orderedInBundle: false,
  };
  const wasInBundle = orderedInBundle || holding.bundleId !== null;
  const age = monthsBetween(billPeriodAt(heldFrom, cycle).key, period.key);
  return offer.discounts
    .filter(
      (discount) =>
        discount.price === price.code &&
        (!wasInBundle || !discount.onlyOrderedAlone) &&
        age >= discount.startsAfterPeriods &&
        age < discount.startsAfterPeriods + discount.periods,
    )
    .map(({ percent, label, code }) => {
      const before = net.last();
      const off = net.add('percent', { amount: before, percent }, percentOff(label, percent));
      net.add('subtract', { from: before, amount: off }, leaves);
      return { code, label, amount: amountFromDecimal(net.valueOf(off)) };
    });
}

/** Which days of a period a part is: `days` of `ofDays`, after so many at the same price. */
export interface Place {
  days: number;
  ofDays: number;
  after: number;
}

/** Parts at one price add up to the price of their days together. */
export function addPart(
  builder: ExplanationBuilder,
  label: LocalizedText,
  price: string,
  { days, ofDays, after }: Place,
): StepReference {
  const inputs = { price, days: String(days), ofDays: String(ofDays) };
  return builder.add(
    'prorate',
    after === 0 ? inputs : { ...inputs, after: String(after) },
    prorated(label, price, days, ofDays),
  );
}

/** Whole periods from one key (YYYY-MM) to another. */
export function monthsBetween(from: string, to: string): number {
  const month = (key: string) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5, 7));
  return month(to) - month(from);
}
