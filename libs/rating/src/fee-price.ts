import type { LocalizedText, OfferDocument, RecurringPrice } from '@ronghe/contracts';
import {
  amountFromDecimal,
  billPeriodAt,
  daysBetween,
  overlap,
  subtractAmounts,
  type Amount,
} from '@ronghe/kernel';
import { ExplanationBuilder, type Explanation, type StepReference } from './explanation';
import { bundleOf, spanOfRule } from './held-bundle';
import { daysTouched, type DayRange, type Holding } from './holding';
import { sharedDays, type PeriodShare } from './period-share';
import type { RecurringDiscount, RecurringQuestion } from './recurring-charges';
import { leaves, percentOff, prorated, together } from './wording';

/** One price of one product in the period, with the days that are charged. */
export interface Fee {
  price: RecurringPrice;
  offer: OfferDocument;
  holding: Holding;
  days: DayRange;
  share: PeriodShare;
}

/** The list price of the days that are charged. */
export function explainList({ price, share }: Fee): Explanation {
  const list = new ExplanationBuilder();
  addPart(list, price.label, price.amount, share.days, share.ofDays);
  return list.build();
}

/** Writes the price of the period, with the bundle's price for the days on which it holds. */
export function applyBundlePrice(
  net: ExplanationBuilder,
  { price, holding, days, share }: Fee,
  listAmount: Amount,
  { holdings, offers, period, cycle }: RecurringQuestion,
): RecurringDiscount[] {
  const bundle = bundleOf(holding, holdings, offers, cycle);
  const override = bundle?.rules.priceOverrides.find(
    (rule) =>
      rule.role === holding.role && rule.offering === holding.offeringCode && rule.price === price.code,
  );
  const span = bundle && override && spanOfRule(bundle, override);
  const held = span && overlap(span, period);
  const heldDays = held ? sharedDays(days, daysTouched(held, cycle.zone)) : 0;
  if (!override || heldDays === 0) {
    addPart(net, price.label, price.amount, share.days, share.ofDays);
    return [];
  }
  // With a fixed 30 the days of the bundle come first, so that the parts never exceed the whole.
  const isWhole = heldDays === daysBetween(days.from, days.to);
  const bundleShare = isWhole ? share.days : Math.min(heldDays, share.days);
  const ownShare = share.days - bundleShare;
  const own = ownShare > 0 ? addPart(net, price.label, price.amount, ownShare, share.ofDays) : null;
  const special = addPart(net, override.label, override.amount, bundleShare, share.ofDays);
  const result = own ? net.add('sum', { own, special }, together) : special;
  const amount = subtractAmounts(listAmount, amountFromDecimal(net.valueOf(result)));
  return [{ code: override.code, label: override.label, amount }];
}

/** Takes the offer's own discounts from what the builder holds so far, one after the other. */
export function applyOfferDiscounts(
  net: ExplanationBuilder,
  { price, offer, holding }: Fee,
  { period, cycle }: RecurringQuestion,
): RecurringDiscount[] {
  const age = monthsBetween(billPeriodAt(holding.effectiveFrom, cycle).key, period.key);
  return offer.discounts
    .filter(
      (discount) =>
        discount.price === price.code &&
        (holding.bundleId === null || !discount.onlyOrderedAlone) &&
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

function addPart(
  builder: ExplanationBuilder,
  label: LocalizedText,
  price: string,
  days: number,
  ofDays: number,
): StepReference {
  return builder.add(
    'prorate',
    { price, days: String(days), ofDays: String(ofDays) },
    prorated(label, price, days, ofDays),
  );
}

/** Whole periods from one key (YYYY-MM) to another. */
function monthsBetween(from: string, to: string): number {
  const month = (key: string) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5, 7));
  return month(to) - month(from);
}
