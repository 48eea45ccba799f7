import type { Instant } from '@ronghe/kernel';
import type { Cells } from './record-reader';

/** Why a record was set aside instead of rated (SEMANTICS §5). */
export const suspenseReasons = [
  'malformed',
  'content_differs',
  'unknown_subscriber',
  'in_future',
  'too_late',
  'no_price',
  'part_missing',
  'part_conflict',
] as const;
export type SuspenseReason = (typeof suspenseReasons)[number];

/**
 * Open: waits for somebody. The others are ends: rated after all, found to be a duplicate or of an online class, a part of
 * a call that became one event, given up.
 */
export type SuspenseState = 'open' | 'rated' | 'duplicate' | 'reconciled' | 'combined' | 'discarded';

/** A record that was set aside. */
export interface SuspendedUsage {
  suspenseId: string;
  source: string;
  fileId: string;
  lineNumber: number;
  recordId: string | null;
  reason: SuspenseReason;
  detail: string;
  /** The line as it was delivered. */
  line: string;
  /** Its cells by column, with corrections. */
  cells: Cells;
  /** Whether the record id is taken for this very record; else it must be taken when it is tried again. */
  holdsKey: boolean;
  state: SuspenseState;
  suspendedAt: Instant;
  endedAt: Instant | null;
}

/** A record to set aside. */
export type NewSuspense = Pick<
  SuspendedUsage,
  'fileId' | 'lineNumber' | 'recordId' | 'reason' | 'detail' | 'line' | 'cells' | 'holdsKey'
>;

/** What becomes of a suspended record that is tried again: it stays, or it ends. */
export type RecycleOutcome =
  | { state: 'open'; reason: SuspenseReason; detail: string }
  | { state: Exclude<SuspenseState, 'open' | 'discarded'> };
