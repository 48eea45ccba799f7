import { instantFromDate, moneyFromMinor, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Dispute, DisputeState } from './dispute';

interface DisputeRow {
  lane: number;
  dispute_id: string;
  account_id: string;
  bill_id: string;
  line_no: number | null;
  amount_fen: string;
  reason: string;
  state: DisputeState;
  opened_on: LocalDate;
  opened_at: Date;
  opened_by: string;
  resolved_on: LocalDate | null;
  resolved_by: string | null;
  resolution: string | null;
  days_count: boolean | null;
}

const columns = `lane, dispute_id, account_id, bill_id, line_no, amount_fen, reason, state, opened_on::text, opened_at,
  opened_by, resolved_on::text, resolved_by, resolution, days_count`;

/** Writes a new dispute. */
export async function insertDispute(tx: Tx, dispute: Dispute): Promise<void> {
  await tx.execute(
    `insert into receivables.dispute (lane, dispute_id, account_id, bill_id, line_no, amount_fen, reason, state, opened_on,
       opened_at, opened_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[dispute.lane, dispute.disputeId, dispute.accountId, dispute.billId, dispute.lineNo],
      ...[dispute.amount.toString(), dispute.reason, dispute.state, dispute.openedOn, dispute.openedAt],
      dispute.openedBy,
    ],
  );
  await tx.execute(`insert into receivables.dispute_lane (dispute_id, lane) values ($1, $2)`, [
    dispute.disputeId,
    dispute.lane,
  ]);
}

/** Null when there is no such dispute. */
export async function findDispute(tx: Tx, disputeId: string): Promise<Dispute | null> {
  const [place] = await tx.query<{ lane: number }>(
    `select lane from receivables.dispute_lane where dispute_id = $1`,
    [disputeId],
  );
  if (!place) return null;
  const [row] = await tx.query<DisputeRow>(
    `select ${columns} from receivables.dispute where lane = $1 and dispute_id = $2`,
    [place.lane, disputeId],
  );
  return row ? disputeOf(row) : null;
}

/** Writes how a dispute ended; false where it had ended already. */
export async function saveResolution(tx: Tx, dispute: Dispute): Promise<boolean> {
  const saved = await tx.execute(
    `update receivables.dispute set state = $3, resolved_on = $4, resolved_by = $5, resolution = $6, days_count = $7
     where lane = $1 and dispute_id = $2 and state = 'open'`,
    [
      ...[dispute.lane, dispute.disputeId, dispute.state, dispute.resolvedOn, dispute.resolvedBy],
      ...[dispute.resolution, dispute.daysCount],
    ],
  );
  return saved > 0;
}

/** Disputes of an account, newest first. */
export async function findDisputes(
  tx: Tx,
  { lane, accountId }: { lane: number; accountId: string },
  limit: number,
): Promise<Dispute[]> {
  const rows = await tx.query<DisputeRow>(
    `select ${columns} from receivables.dispute where lane = $1 and account_id = $2
     order by opened_at desc, dispute_id desc limit $3`,
    [lane, accountId, limit],
  );
  return rows.map(disputeOf);
}

/** Disputes that wait for somebody: open ones for a decision, accepted ones for a credit note. Oldest first. */
export async function findWaitingDisputes(tx: Tx, limit: number): Promise<Dispute[]> {
  const rows = await tx.query<DisputeRow>(
    `select ${columns} from receivables.dispute where state in ('open', 'accepted')
     order by opened_at, dispute_id limit $1`,
    [limit],
  );
  return rows.map(disputeOf);
}

/** A credit note settled bills: their accepted disputes are done with, and hold nothing any more. */
export async function creditDisputes(
  tx: Tx,
  lane: number,
  allocations: readonly { billId: string }[],
): Promise<void> {
  const bills = allocations.map(({ billId }) => billId);
  const credited = await tx.query<{ bill_id: string; amount_fen: string }>(
    `update receivables.dispute set state = 'credited'
     where lane = $1 and bill_id = any($2::uuid[]) and state = 'accepted' returning bill_id, amount_fen`,
    [lane, bills],
  );
  if (credited.length === 0) return;
  await tx.execute(
    `update receivables.open_item i set disputed_fen = greatest(0, least(i.disputed_fen, i.open_fen) - done.fen)
     from (select bill_id, sum(fen) as fen from unnest($2::uuid[], $3::bigint[]) as each (bill_id, fen) group by bill_id) done
     where i.lane = $1 and i.bill_id = done.bill_id`,
    [lane, credited.map(({ bill_id }) => bill_id), credited.map(({ amount_fen }) => amount_fen)],
  );
}

function disputeOf(row: DisputeRow): Dispute {
  return {
    ...{ disputeId: row.dispute_id, lane: row.lane, accountId: row.account_id, billId: row.bill_id },
    ...{ lineNo: row.line_no, amount: moneyFromMinor(BigInt(row.amount_fen)), reason: row.reason },
    ...{ state: row.state, openedOn: row.opened_on, openedAt: instantFromDate(row.opened_at) },
    ...{ openedBy: row.opened_by, resolvedOn: row.resolved_on, resolvedBy: row.resolved_by },
    ...{ resolution: row.resolution, daysCount: row.days_count },
  };
}
