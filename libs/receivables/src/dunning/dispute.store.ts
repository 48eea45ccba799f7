import { instantFromDate, moneyFromMinor, type LocalDate, type Money } from '@ronghe/kernel';
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

/** A bill that a credit note credits. */
export interface CreditedBill {
  billId: string;
  /** The lines; null where the note does not tell (those of before it did). */
  lines: readonly number[] | null;
}

/**
 * A credit note came: accepted disputes of the lines that it credits are done with, and those of the whole bill if it
 * credits a line that is not disputed by itself. What other disputes hold stays held.
 */
export async function creditDisputes(tx: Tx, lane: number, { billId, lines }: CreditedBill): Promise<void> {
  const accepted = await tx.query<{ dispute_id: string; line_no: number | null }>(
    `select dispute_id, line_no from receivables.dispute where lane = $1 and bill_id = $2 and state = 'accepted'`,
    [lane, billId],
  );
  const credited = creditedDisputes(accepted, lines);
  if (credited.length === 0) return;
  await tx.execute(
    `update receivables.dispute set state = 'credited' where lane = $1 and dispute_id = any($2::uuid[])`,
    [lane, credited],
  );
  await tx.execute(
    `update receivables.open_item i set disputed_fen = least(i.open_fen, coalesce((
       select sum(d.amount_fen) from receivables.dispute d
       where d.lane = i.lane and d.bill_id = i.bill_id and d.state in ('open', 'accepted')), 0))
     where i.lane = $1 and i.bill_id = $2`,
    [lane, billId],
  );
}

function creditedDisputes(
  accepted: readonly { dispute_id: string; line_no: number | null }[],
  lines: readonly number[] | null,
): string[] {
  const disputedLines = new Set(accepted.map(({ line_no }) => line_no));
  const isOfWhole = lines === null || lines.some((no) => !disputedLines.has(no));
  return accepted
    .filter(({ line_no }) => (line_no === null ? isOfWhole : (lines?.includes(line_no) ?? true)))
    .map(({ dispute_id }) => dispute_id);
}

/** What disputes of a line hold, or have had credited. */
export async function disputedOfLine(tx: Tx, lane: number, billId: string, lineNo: number): Promise<Money> {
  const [row] = await tx.query<{ fen: string }>(
    `select coalesce(sum(amount_fen), 0)::text as fen from receivables.dispute
     where lane = $1 and bill_id = $2 and line_no = $3 and state <> 'rejected'`,
    [lane, billId, lineNo],
  );
  return moneyFromMinor(BigInt(row?.fen ?? 0));
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
