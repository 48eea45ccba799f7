import type { Instant } from '@ronghe/kernel';
import type { MoneyText } from './text';

export interface ReceivablesEvents {
  'payment.received.v1': {
    paymentId: string;
    accountId: string;
    amount: MoneyText;
    method: 'cash' | 'card' | 'transfer' | 'gateway';
    receivedAt: Instant;
  };
}

export interface ReceivablesQueries {
  /** What is still to be paid of a bill; null while the bill has not been posted yet. */
  'receivables.getBillDue': { input: { billId: string }; answer: { due: MoneyText | null } };
}
