import type { Instant, LocalDate } from '@ronghe/kernel';
import type { MoneyText } from './text';

export interface ReceivablesEvents {
  'payment.received.v1': {
    paymentId: string;
    accountId: string;
    amount: MoneyText;
    method: 'cash' | 'card' | 'transfer' | 'gateway';
    receivedAt: Instant;
    /** The local day from which the money counts. Absent: the day on which it was received. */
    valueDate?: LocalDate;
  };
}

export interface ReceivablesQueries {
  /** What is still to be paid of bills, in their order; null for one that has not been posted yet. 100 at most. */
  'receivables.getBillDues': { input: { billIds: string[] }; answer: { dues: (MoneyText | null)[] } };
}
