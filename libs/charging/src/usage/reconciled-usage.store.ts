import type { Tx } from '@ronghe/platform';
import { columnArrays } from '../column-arrays';
import type { UsageRecord } from './usage-record';

/** An offline record of a usage class that its product is charged for online. */
export interface ReconciledUsage {
  record: UsageRecord;
  lane: number;
  productId: string;
  fileId: string;
}

/** Keeps the records to be compared with their sessions; they are never rated again (SEMANTICS §4). */
export async function insertReconciled(tx: Tx, rows: readonly ReconciledUsage[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(
    `insert into charging.reconciled_usage (source, record_id, lane, product_id, file_id, usage_class, used_at, quantity)
     select * from unnest($1::text[], $2::text[], $3::smallint[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[],
       $8::bigint[])`,
    columnArrays(
      rows,
      ({ record }) => record.source,
      ({ record }) => record.recordId,
      (row) => row.lane,
      (row) => row.productId,
      (row) => row.fileId,
      ({ record }) => record.usageClass,
      ({ record }) => record.usedAt,
      ({ record }) => record.quantity,
    ),
  );
}
