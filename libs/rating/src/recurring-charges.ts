import type { LocalizedText, OfferDocument, RecurringPrice } from '@ronghe/contracts';
import {
  amountFromDecimal,
  billPeriodAt,
  daysBetween,
  overlap,
  subtractAmounts,
  type Amount,
  type BillCycle,
  type BillPeriod,
  type LocalDate,
} from '@ronghe/kernel';
import { ExplanationBuilder, type Explanation, type StepReference } from './explanation';
import { bundleOf, spanOfRule } from './held-bundle';
import {
  compareHoldings,
  daysTouched,
  endOfTime,
  isHeldIn,
  type DayRange,
  type Holding,
  type OfferLookup,
} from './holding';
import { chargedDays, shareOf, sharedDays, type PeriodShare } from './period-share';
import { leaves, percentOff, prorated, together } from './wording';

export interface RecurringDiscount {
  code: string;
  label: LocalizedText;
  amount: Amount;
}

/** One fee of one product for one bill period, exact. */
export interface RecurringCharge {
  productId: string;
  card: string;
  chargeClass: string;
  /** Code of the recurring price. */
  priceCode: string;
  label: LocalizedText;
  offeringCode: string;
  offeringVersion: number;
  /** Before discounts. */
  listAmount: Amount;
  discounts: RecurringDiscount[];
  /** listAmount − Σ discounts; never below zero. */
  netAmount: Amount;
  taxClass: string;
  timing: 'advance' | 'arrears';
  /** First day of the service; the tax rate is looked up by it. */
  serviceDate: LocalDate;
  /** How the two came about; the results are `listAmount` and `netAmount`. */
  listExplanation: Explanation;
  netExplanation: Explanation;
}

export interface RecurringQuestion {
  /** Every product of the account, also ended ones. */
  holdings: readonly Holding[];
  offers: OfferLookup;
  /** The service period. */
  period: BillPeriod;
  cycle: BillCycle;
}

/**
 * The fees of an account for a service period, in the order of cards and of prices in their offers. Per fee, in
 * this order: part of the period → price of the bundle while it holds → discounts of the offer.
 */
export function recurringCharges(question: RecurringQuestion): RecurringCharge[] {
  const { holdings, offers, period } = question;
  return holdings
    .filter((holding) => isHeldIn(holding, period))
    .sort(compareHoldings)
    .flatMap((holding) => {
      const offer = offers(holding.offeringCode, holding.offeringVersion);
      return offer.recurringPrices.flatMap((price) => chargeOf(price, offer, holding, question));
    });
}

/** One price of one product in the period, with the days that are charged. */
interface Fee {
  price: RecurringPrice;
  offer: OfferDocument;
  holding: Holding;
  days: DayRange;
  share: PeriodShare;
}

function chargeOf(
  price: RecurringPrice,
  offer: OfferDocument,
  holding: Holding,
  question: RecurringQuestion,
): RecurringCharge[] {
  const { period, cycle } = question;
  const active = { from: holding.effectiveFrom, to: holding.effectiveTo ?? endOfTime };
  const days = chargedDays(active, price, period, cycle.zone);
  if (!days) return [];
  const fee: Fee = {
    price,
    offer,
    holding,
    days,
    share: shareOf(daysBetween(days.from, days.to), price, period),
  };
  const listExplanation = explainList(fee);
  const listAmount = amountFromDecimal(listExplanation.result);
  const net = new ExplanationBuilder();
  const discounts = [
    ...applyBundlePrice(net, fee, listAmount, question),
    ...applyOfferDiscounts(net, fee, question),
  ];
  const netExplanation = net.build();
  return [
    {
      productId: holding.productId,
      card: holding.card,
      chargeClass: price.chargeClass,
      priceCode: price.code,
      label: price.label,
      offeringCode: offer.code,
      offeringVersion: offer.version,
      listAmount,
      discounts,
      netAmount: amountFromDecimal(netExplanation.result),
      taxClass: price.taxClass,
      timing: price.timing,
      serviceDate: days.from,
      listExplanation,
      netExplanation,
    },
  ];
}

function explainList({ price, share }: Fee): Explanation {
  const list = new ExplanationBuilder();
  addPart(list, price.label, price.amount, share.days, share.ofDays);
  return list.build();
}

/** Writes the price of the period, with the bundle's price for the days on which it holds. */
function applyBundlePrice(
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
function applyOfferDiscounts(
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
