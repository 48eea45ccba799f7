import type { LocalizedText } from '@ronghe/contracts';
import type { Amount, BillCycle, BillPeriod, LocalDate } from '@ronghe/kernel';
import type { Explanation } from './explanation';
import type { Holding, OfferLookup } from './holding';

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

/** The fees of an account for a service period, in the order of cards and of prices in their offers. */
export function recurringCharges(question: RecurringQuestion): RecurringCharge[] {
  throw new Error(`not written yet: ${question.period.key}`);
}
