import { DomainError, moneyFromDecimal, zeroMoney, type Instant, type Money } from '@ronghe/kernel';

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

function parsed(text: string): Money | null {
  try {
    return moneyFromDecimal(text);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
