/** Why money moved. */
export type MoneyEntryKind =
  | 'top-up'
  | 'grant'
  | 'use'
  | 'fee'
  | 'expire'
  | 'transfer-in'
  | 'transfer-out'
  | 'refund'
  | 'rerate'
  | 'settle'
  | 'overrun'
  | 'adjust';

/** Usage, and what statements settle of it: what a bonus paid for these it may get back. */
export function isForUsage(kind: MoneyEntryKind): boolean {
  return kind === 'use' || kind === 'rerate' || kind === 'settle';
}
