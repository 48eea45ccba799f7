import type { UsageClass } from '@ronghe/contracts';
import { columnArrays, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { ONLINE_SOURCE } from '../session/session';
import type { UsageReconciliation } from './usage-reconciliation';
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

/** Per product and class of an account: the offline records that began in a span, and the sessions of the period. */
export async function compareWithSessions(
  tx: Tx,
  at: {
    lane: number;
    accountId: string;
    period: string;
    productIds: readonly string[];
    from: Instant;
    to: Instant;
  },
): Promise<UsageReconciliation[]> {
  const rows = await tx.query<ComparedRow>(
    `with records as (
       select product_id, usage_class, count(*)::integer as count, sum(quantity)::text as quantity
       from charging.reconciled_usage
       where lane = $1 and product_id = any($2::uuid[]) and used_at >= $3 and used_at < $4 group by 1, 2
     ), sessions as (
       select product_id, usage_class, count(*)::integer as count, sum(quantity)::text as quantity
       from charging.rated_usage
       where lane = $1 and account_id = $5 and period = $6 and source = $7 group by 1, 2
     )
     select product_id, usage_class, coalesce(r.count, 0) as records, coalesce(r.quantity, '0') as record_quantity,
       coalesce(s.count, 0) as sessions, coalesce(s.quantity, '0') as session_quantity
     from records r full join sessions s using (product_id, usage_class) order by product_id, usage_class`,
    [at.lane, at.productIds, at.from, at.to, at.accountId, at.period, ONLINE_SOURCE],
  );
  return rows.map((row) => ({
    productId: row.product_id,
    usageClass: row.usage_class,
    records: row.records,
    recordQuantity: BigInt(row.record_quantity),
    sessions: row.sessions,
    sessionQuantity: BigInt(row.session_quantity),
  }));
}

interface ComparedRow {
  product_id: string;
  usage_class: UsageClass;
  records: number;
  record_quantity: string;
  sessions: number;
  session_quantity: string;
}
