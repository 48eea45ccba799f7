import type { MoneyText } from '@ronghe/contracts';
import {
  daysBetween,
  DomainError,
  isCalendarDay,
  moneyFromDecimal,
  zeroMoney,
  type Instant,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';

/** How the money came: cash stays in the hall's till, the rest goes to the bank. */
export const paymentMethods = ['cash', 'card', 'transfer', 'gateway'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export interface Payment {
  paymentId: string;
  accountId: string;
  lane: number;
  amount: Money;
  method: PaymentMethod;
  /** Business time at the counter. */
  receivedAt: Instant;
  /** Staff or client who took it. */
  receivedBy: string;
  /** The local day from which the money counts: late fees end with it. */
  valueDate: LocalDate;
  /** The bank's or gateway's own id of it. */
  reference: string | null;
}

/** The answer of a payment. */
export interface RecordedPayment extends Pick<
  Payment,
  'paymentId' | 'accountId' | 'method' | 'receivedAt' | 'valueDate' | 'reference'
> {
  amount: MoneyText;
}

/**
 * Reads the amount of a payment.
 * @throws DomainError('payment_amount_invalid', 'invalid') unless it is a positive decimal of at most two places.
 */
export function paymentAmount(text: string): Money {
  const amount = parsed(text);
  if (amount === null || amount <= zeroMoney) {
    throw new DomainError(
      'payment_amount_invalid',
      'invalid',
      'a payment is a positive amount of yuan and fen',
      {
        amount: text.slice(0, 40),
      },
    );
  }
  return amount;
}

/** Latest days before the business day on which money can have counted: the memory of a bank statement. */
export const VALUE_DATE_DAYS = 366;

/**
 * The local day from which a payment counts: the business day unless an earlier one is named.
 * @throws DomainError('value_date_invalid', 'invalid') for no day, one to come, or one more than a year ago.
 */
export function valueDateOf(text: string | null, today: LocalDate): LocalDate {
  if (text === null) return today;
  if (isCalendarDay(text) && text <= today && daysBetween(text, today) <= VALUE_DATE_DAYS) return text;
  throw new DomainError('value_date_invalid', 'invalid', 'a value date is a day up to today, within a year', {
    valueDate: text.slice(0, 40),
    today,
  });
}

function parsed(text: string): Money | null {
  try {
    return moneyFromDecimal(text);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
