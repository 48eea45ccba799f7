import type { Amount, Instant } from '@ronghe/kernel';
import type { MoneyEntryKind } from '@ronghe/rating';

/** A movement as it was entered. */
export interface MoneyEntry {
  entryId: string;
  bucketId: string;
  kind: MoneyEntryKind;
  delta: Amount;
  /** The cause: a payment, a session, a file, a period. */
  reference: string;
  businessAt: Instant;
  taxClass: string | null;
}
