import type { Instant, LocalDate, Money } from '@ronghe/kernel';

/** Where a dispute stands. An accepted one waits for its credit note. */
export type DisputeState = 'open' | 'accepted' | 'rejected' | 'credited';

/** A sum of a bill that the customer does not accept; while it is open or accepted it is neither late nor dunned. */
export interface Dispute {
  disputeId: string;
  lane: number;
  accountId: string;
  billId: string;
  /** The line that it is about; null: the bill. */
  lineNo: number | null;
  amount: Money;
  reason: string;
  state: DisputeState;
  openedOn: LocalDate;
  openedAt: Instant;
  openedBy: string;
  resolvedOn: LocalDate | null;
  resolvedBy: string | null;
  resolution: string | null;
  /** Rejected: whether its days count as overdue; null before. */
  daysCount: boolean | null;
}
