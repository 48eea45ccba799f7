/** Why a record was set aside instead of rated (SEMANTICS §5). */
export const suspenseReasons = [
  'malformed',
  'content_differs',
  'unknown_subscriber',
  'in_future',
  'too_late',
  'no_price',
] as const;
export type SuspenseReason = (typeof suspenseReasons)[number];

/** Open: waits for somebody. The others are ends: rated after all, found to be a duplicate or of an online class, given up. */
export type SuspenseState = 'open' | 'rated' | 'duplicate' | 'reconciled' | 'discarded';

/** What becomes of a suspended record that is tried again: it stays, or it ends. */
export type RecycleOutcome =
  | { state: 'open'; reason: SuspenseReason; detail: string }
  | { state: Exclude<SuspenseState, 'open' | 'discarded'> };
