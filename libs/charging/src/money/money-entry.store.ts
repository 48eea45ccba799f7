import { amountFromMicro, instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { MoneyEntry } from './money-entry';
import type { MoneyEntryKind } from '@ronghe/rating';

interface EntryRow {
  entry_id: string;
  bucket_id: string;
  kind: MoneyEntryKind;
  delta: string;
  reference: string;
  business_at: Date;
  tax_class: string | null;
}

/** An account's entries, newest first, from before one of them. */
export async function findMoneyEntries(
  tx: Tx,
  at: { lane: number; accountId: string; before: string | null; limit: number },
): Promise<MoneyEntry[]> {
  const rows = await tx.query<EntryRow>(
    `select entry_id, bucket_id, kind, delta, reference, business_at, tax_class from charging.money_entry
     where lane = $1 and account_id = $2 and ($3::uuid is null or entry_id < $3) order by entry_id desc limit $4`,
    [at.lane, at.accountId, at.before, at.limit],
  );
  return rows.map((row) => ({
    entryId: row.entry_id,
    bucketId: row.bucket_id,
    kind: row.kind,
    delta: amountFromMicro(BigInt(row.delta)),
    reference: row.reference,
    businessAt: instantFromDate(row.business_at),
    taxClass: row.tax_class,
  }));
}
