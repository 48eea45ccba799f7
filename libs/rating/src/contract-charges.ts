import type { ContractBenefit } from '@ronghe/contracts';
import {
  addMs,
  amountFromDecimal,
  amountToDecimal,
  billPeriodAt,
  contains,
  localDateOf,
  startOfLocalDate,
  sumAmounts,
  type BillCycle,
  type BillPeriod,
} from '@ronghe/kernel';
import { contractProgress, dayAfterLeaving, terminationRow, type HeldContract } from './contract';
import { ExplanationBuilder, type Explanation } from './explanation';
import { monthsBetween, type Fee } from './fee-price';
import type { RecurringCharge, RecurringDiscount } from './recurring-charges';
import { capped, givenBack, leaves, perMonthLeft, prorated, rowOfAmount, rowOfPercent } from './wording';

/** What a contract says of the terms under which a fee is charged, and of the period. */
export interface BenefitQuestion {
  contract: HeldContract | undefined;
  period: BillPeriod;
  cycle: BillCycle;
}

/** Takes what a contract gives off a fee from what the builder holds so far; by days, and never more than is there. */
export function applyContractBenefits(
  net: ExplanationBuilder,
  { price, share }: Fee,
  question: BenefitQuestion,
): RecurringDiscount[] {
  return benefitsOf(question)
    .filter((benefit) => benefit.kind === 'fee' && benefit.price === price.code)
    .map(({ code, label, amount }) => {
      const before = net.last();
      const place = { price: amount, days: String(share.days), ofDays: String(share.ofDays) };
      const full = net.add('prorate', place, prorated(label, amount, share.days, share.ofDays));
      const maximum = net.valueOf(before);
      const off = net.add('cap', { amount: full, maximum: before }, capped(maximum));
      net.add('subtract', { from: before, amount: off }, leaves);
      return { code, label, amount: amountFromDecimal(net.valueOf(off)) };
    });
}

/** The money that a contract gives in a period: a negative charge beside the fee that the benefit names. */
export function contractGifts(
  fee: RecurringCharge,
  { share }: Fee,
  question: BenefitQuestion,
): RecurringCharge[] {
  return benefitsOf(question)
    .filter((benefit) => benefit.kind === 'gift' && benefit.price === fee.priceCode)
    .map(({ code, label, amount }) => {
      const gift = new ExplanationBuilder();
      const place = { price: `-${amount}`, days: String(share.days), ofDays: String(share.ofDays) };
      gift.add('prorate', place, givenBack(label, amount, share.days, share.ofDays));
      return { ...fee, priceCode: code, label, discounts: [], ...asAmounts(gift.build()) };
    });
}

function benefitsOf({ contract, period, cycle }: BenefitQuestion): ContractBenefit[] {
  if (!contract) return [];
  const first = billPeriodAt(startOfLocalDate(contract.startDay, cycle.zone), cycle);
  const age = monthsBetween(first.key, period.key);
  return contract.terms.benefits.filter(
    ({ startsAfterPeriods, periods }) => age >= startsAfterPeriods && age < startsAfterPeriods + periods,
  );
}

/**
 * What leaving a contract early costs: charged once, in the period of the last moment under it, by the row of its table for
 * the full months that were served. The explanation names the row.
 */
export function penaltyOf(
  contract: HeldContract,
  { period, cycle }: Pick<BenefitQuestion, 'period' | 'cycle'>,
): RecurringCharge[] {
  const { leftAt, terms, offer, parts } = contract;
  const last = parts.at(-1);
  if (leftAt === null || !last || !contains(period, addMs(leftAt, -1))) return [];
  const progress = contractProgress(contract, dayAfterLeaving(leftAt, cycle.zone));
  const explanation = explainPenalty(contract, progress);
  if (!explanation) return [];
  const { label, chargeClass, taxClass } = terms.earlyTermination;
  return [
    {
      productId: last.productId,
      card: last.card,
      chargeClass,
      priceCode: `contract/${terms.code}`,
      label,
      offeringCode: offer.code,
      offeringVersion: offer.version,
      discounts: [],
      taxClass,
      timing: 'arrears',
      serviceDate: localDateOf(addMs(leftAt, -1), cycle.zone),
      ...asAmounts(explanation),
    },
  ];
}

/** What leaving on a day would cost, with the row that says so; null: nothing. */
export function explainPenalty(
  contract: HeldContract,
  progress: ReturnType<typeof contractProgress>,
): Explanation | null {
  const row = terminationRow(contract, progress);
  if (!row) return null;
  const { charge, servedBelow } = row;
  const { servedOfRun: served, monthsLeft } = progress;
  const { label, months } = contract.terms;
  const builder = new ExplanationBuilder();
  const about = { label, months, served, servedBelow };
  if ('amount' in charge) {
    builder.add('given', { amount: charge.amount }, rowOfAmount(about));
    return builder.build();
  }
  const monthly = amountToDecimal(
    sumAmounts(contract.offer.recurringPrices.map(({ amount }) => amountFromDecimal(amount))),
  );
  const left = builder.add(
    'times',
    { amount: monthly, count: String(monthsLeft) },
    perMonthLeft(monthly, monthsLeft),
  );
  builder.add(
    'percent',
    { amount: left, percent: charge.percentOfRemaining },
    rowOfPercent(about, charge.percentOfRemaining),
  );
  return builder.build();
}

function asAmounts(explanation: Explanation) {
  const amount = amountFromDecimal(explanation.result);
  return {
    listAmount: amount,
    netAmount: amount,
    listExplanation: explanation,
    netExplanation: explanation,
  };
}
