import type { Instant, LocalDate, Money } from '@ronghe/kernel';
import type { MovementKind } from '../journal-entry';
import type { PaymentMethod } from '../payment';

/** What somebody did to an account's money. */
export interface Movement {
  movementId: string;
  lane: number;
  accountId: string;
  kind: MovementKind;
  amount: Money;
  /** How money came or went; null where none did. */
  method: PaymentMethod | null;
  /** The payment, bill or allocation that it is about. */
  referenceId: string | null;
  reason: string | null;
  valueDate: LocalDate;
  /** Business time. */
  recordedAt: Instant;
  recordedBy: string;
}

/** A movement as it is answered and stored as an answer: the amount is decimal text. */
export type MovementAnswer = Omit<Movement, 'amount' | 'lane'> & { amount: string };
