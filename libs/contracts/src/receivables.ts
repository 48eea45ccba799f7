import type { Instant, LocalDate } from '@ronghe/kernel';
import type { ServiceClass } from './dunning-policy';
import type { BlockKind } from './ordering';
import type { LocalizedText, MoneyText } from './text';

/** Something happened to a customer who does not pay in time. A step of kind `notice` is what the customer is to be told. */
export interface DunningStepReached {
  caseId: string;
  accountId: string;
  customerId: string;
  service: ServiceClass;
  /** Counts the steps of the case, from 1. */
  no: number;
  kind: 'notice' | 'stop' | 'resume' | 'closed';
  /** The state that brought it; null for a step back. */
  stateCode: string | null;
  stateName: LocalizedText | null;
  /** What is wanted of the products from now on. */
  stop: 'none' | BlockKind | 'termination';
  overdue: MoneyText;
  /** Whole local days since the oldest bill became late; null when nothing is late. */
  overdueDays: number | null;
  at: Instant;
}

export interface ReceivablesEvents {
  'dunning-step.reached.v1': DunningStepReached;
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
