import type { BillingPolicy, LocalizedText, UsageTotal } from '@ronghe/contracts';
import type { BillPeriod, LocalDate, Money } from '@ronghe/kernel';
import type { Explanation } from './explanation';
import type { Holding, OfferLookup } from './holding';
import type { RecurringCharge } from './recurring-charges';

/** A line of a bill: everything of one card, charge class and tax class, rounded once. */
export interface BillLine {
  card: string;
  productId: string;
  chargeClass: string;
  /** Codes of the prices behind it, sorted, joined with `+`: `monthly-fee`, `data-out`. */
  chargeCode: string;
  label: LocalizedText;
  /** Before discounts. */
  amount: Money;
  discount: Money;
  /** amount − discount. */
  net: Money;
  taxClass: string;
  serviceDate: LocalDate;
  /** Its result is `net`. */
  explanation: Explanation;
}

export interface BillLineQuestion {
  period: BillPeriod;
  recurring: readonly RecurringCharge[];
  /** Charging's totals of this account and period. */
  usageTotals: readonly UsageTotal[];
  /** For the order of cards. */
  holdings: readonly Holding[];
  /** For the explanation of usage prices. */
  offers: OfferLookup;
  /** Order and names of charge classes. */
  chargeClasses: BillingPolicy['chargeClasses'];
}

/**
 * The lines of a bill: one per (card, charge class, tax class), the only place where amounts are rounded to
 * 0.01; discount = rounded list − rounded net. A line of 0.00 is not formed. Ordered by charge class, then card.
 */
export function formBillLines(question: BillLineQuestion): BillLine[] {
  throw new Error(`not written yet: ${question.period.key}`);
}
