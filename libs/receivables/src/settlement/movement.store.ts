import { instantFromDate, moneyFromMinor, type LocalDate, type Money } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { MovementKind } from '../journal-entry';
import type { PaymentMethod } from '../payment';
import type { Movement } from './movement';

interface MovementRow {
  lane: number;
  movement_id: string;
  account_id: string;
  kind: MovementKind;
  amount_fen: string;
  method: PaymentMethod | null;
  reference_id: string | null;
  reason: string | null;
  value_date: LocalDate;
  recorded_at: Date;
  recorded_by: string;
}

const columns = `lane, movement_id, account_id, kind, amount_fen, method, reference_id, reason, value_date::text as value_date,
  recorded_at, recorded_by`;

/** Writes a movement; its posting is written beside it in the same transaction. */
export async function insertMovement(tx: Tx, movement: Movement): Promise<void> {
  const { lane, movementId, accountId, kind, amount, method, referenceId, reason, valueDate } = movement;
  await tx.execute(
    `insert into receivables.movement
       (lane, movement_id, account_id, kind, amount_fen, method, reference_id, reason, value_date, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[lane, movementId, accountId, kind, amount.toString(), method, referenceId, reason, valueDate],
      ...[movement.recordedAt, movement.recordedBy],
    ],
  );
  await tx.execute(`insert into receivables.movement_lane (movement_id, lane) values ($1, $2)`, [
    movementId,
    lane,
  ]);
}

/** Σ of what was paid back of a payment, or taken back with its receipt. */
export async function refundedOf(tx: Tx, lane: number, accountId: string, paymentId: string): Promise<Money> {
  const [row] = await tx.query<{ fen: string }>(
    `select coalesce(sum(amount_fen), 0)::text as fen from receivables.movement
     where lane = $1 and account_id = $2 and kind in ('refund', 'receipt-unmatched') and reference_id = $3`,
    [lane, accountId, paymentId],
  );
  return moneyFromMinor(BigInt(row?.fen ?? 0));
}

/** What accounts left as deposits, in fen; accounts without a ledger are absent. */
export async function findDeposits(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ account_id: string; deposit_fen: string }>(
    `select account_id, deposit_fen from receivables.account_ledger
     where lane = any($1::smallint[]) and account_id = any($2::uuid[])`,
    [lanes, accountIds],
  );
  return new Map(rows.map((row) => [row.account_id, BigInt(row.deposit_fen)]));
}

/** Null when there is none of this kind. */
export async function findMovement(tx: Tx, movementId: string, kind: MovementKind): Promise<Movement | null> {
  const [row] = await tx.query<MovementRow>(
    `select ${columns} from receivables.movement_lane join receivables.movement using (lane, movement_id)
     where movement_id = $1 and kind = $2`,
    [movementId, kind],
  );
  return row ? fromRow(row) : null;
}

/** Latest movements of several accounts, newest first, at most `limit` each. */
export async function findMovements(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
  limit: number,
): Promise<Movement[]> {
  const rows = await tx.query<MovementRow>(
    `select * from (
       select ${columns}, row_number() over (partition by account_id order by recorded_at desc, movement_id desc) as rank
       from receivables.movement where lane = any($1::smallint[]) and account_id = any($2::uuid[])
     ) as ranked where rank <= $3 order by recorded_at desc, movement_id desc`,
    [lanes, accountIds, limit],
  );
  return rows.map(fromRow);
}

/** An account's movements of a kind, newest first; of all accounts where none is named, read at rest. */
export async function findMovementPage(
  tx: Tx,
  kind: MovementKind,
  account: { lane: number; accountId: string } | null,
  page: { offset: number; limit: number },
): Promise<{ movements: Movement[]; total: number }> {
  const rows = await tx.query<MovementRow & { total: string }>(
    `select ${columns}, count(*) over () as total from receivables.movement
     where kind = $1 and ($2::smallint is null or (lane = $2 and account_id = $3::uuid))
     order by recorded_at desc, movement_id desc offset $4 limit $5`,
    [kind, account?.lane ?? null, account?.accountId ?? null, page.offset, page.limit],
  );
  return { movements: rows.map(fromRow), total: Number(rows[0]?.total ?? 0) };
}

function fromRow(row: MovementRow): Movement {
  return {
    movementId: row.movement_id,
    lane: row.lane,
    accountId: row.account_id,
    kind: row.kind,
    amount: moneyFromMinor(BigInt(row.amount_fen)),
    method: row.method,
    referenceId: row.reference_id,
    reason: row.reason,
    valueDate: row.value_date,
    recordedAt: instantFromDate(row.recorded_at),
    recordedBy: row.recorded_by,
  };
}
