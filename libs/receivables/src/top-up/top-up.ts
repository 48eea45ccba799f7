import type { BalancePolicy, ToppedUp } from '@ronghe/contracts';
import { DomainError, moneyFromDecimal, moneyToDecimal, type Instant, type Money } from '@ronghe/kernel';
import { assertBalanced, credit, debit, type JournalEntry } from '../journal-entry';
import type { PaymentMethod } from '../payment';

/** `booked`: charging has not granted it yet. `refused`: charging will not; the money stays a prepayment until it is refunded. */
export type TopUpState = 'booked' | 'granted' | 'refused';

/** Money paid in advance. */
export interface TopUp {
  /** The payment. */
  paymentId: string;
  lane: number;
  accountId: string;
  amount: Money;
  method: PaymentMethod;
  state: TopUpState;
  bookedAt: Instant;
  grantedAt: Instant | null;
  /** What charging answered; null before. */
  outcome: ToppedUp | null;
}

/** The entry of a top-up: cash or bank against the customer's prepayment. */
export function topUpEntry(topUp: TopUp): JournalEntry {
  return assertBalanced({
    lane: topUp.lane,
    kind: 'top-up',
    referenceId: topUp.paymentId,
    accountId: topUp.accountId,
    period: null,
    bookedAt: topUp.bookedAt,
    lines: [
      ...debit(topUp.method === 'cash' ? 'cash' : 'bank', topUp.amount, topUp.accountId),
      ...credit('prepayment', topUp.amount, topUp.accountId),
    ],
  });
}

/** @throws DomainError `top_up_out_of_bounds` outside what the policy in force allows; without one anything goes. */
export function assertWithin(amount: Money, policy: BalancePolicy | undefined): void {
  if (!policy) return;
  const { minimum, maximum } = policy.topUp;
  if (amount >= moneyFromDecimal(minimum) && amount <= moneyFromDecimal(maximum)) return;
  throw new DomainError('top_up_out_of_bounds', 'invalid', `a top-up is ${minimum} to ${maximum} yuan`, {
    amount: moneyToDecimal(amount),
    minimum,
    maximum,
  });
}
