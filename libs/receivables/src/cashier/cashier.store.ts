import { instantFromDate, moneyFromMinor, type Money } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import {
  receiptNumber,
  type CashBanked,
  type CashierShift,
  type CashMoved,
  type ShiftState,
} from './cashier-shift';

interface ShiftRow {
  shift_id: string;
  till: string;
  clerk: string;
  state: ShiftState;
  float_fen: string;
  opened_at: Date;
  expected_fen: string | null;
  counted_fen: string | null;
  approved_by: string | null;
}

/** A receipt with its number. */
export interface CashReceipt extends CashMoved {
  number: string;
}

const columns = 'shift_id, till, clerk, state, float_fen, opened_at, expected_fen, counted_fen, approved_by';

/** The clerk's open shift, held; null: none is open. */
export async function lockOpenShift(tx: Tx, clerk: string): Promise<CashierShift | null> {
  const [row] = await tx.query<ShiftRow>(
    `select ${columns} from receivables.cashier_shift where clerk = $1 and state = 'open' for update`,
    [clerk],
  );
  return row ? shiftFromRow(row) : null;
}

/** A shift, held; null: there is none. */
export async function lockShift(tx: Tx, shiftId: string): Promise<CashierShift | null> {
  const [row] = await tx.query<ShiftRow>(
    `select ${columns} from receivables.cashier_shift where shift_id = $1 for update`,
    [shiftId],
  );
  return row ? shiftFromRow(row) : null;
}

/** Whether anybody has said that cash is taken in shifts only. */
export async function needsShift(tx: Tx): Promise<boolean> {
  return (await tx.query(`select 1 from receivables.till where needs_shift limit 1`)).length > 0;
}

/** Makes the till on first use, and holds it. */
export async function lockTill(tx: Tx, till: string): Promise<void> {
  await tx.execute(
    `insert into receivables.till (till, last_sequence, needs_shift) values ($1, 0, false) on conflict do nothing`,
    [till],
  );
  await tx.query(`select 1 from receivables.till where till = $1 for update`, [till]);
}

/** Says whether cash is taken in shifts only. */
export async function updateNeedsShift(tx: Tx, till: string, isNeeded: boolean): Promise<void> {
  await tx.execute(`update receivables.till set needs_shift = $2 where till = $1`, [till, isNeeded]);
}

/** Whether the clerk is at a till, or the till is not closed. */
export async function isTaken(tx: Tx, till: string, clerk: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from receivables.cashier_shift where (till = $1 and state <> 'closed') or (clerk = $2 and state = 'open')`,
    [till, clerk],
  );
  return rows.length > 0;
}

/** Writes a new shift. */
export async function insertShift(tx: Tx, shift: CashierShift): Promise<void> {
  await tx.execute(
    `insert into receivables.cashier_shift (shift_id, till, clerk, state, float_fen, opened_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [shift.shiftId, shift.till, shift.clerk, shift.state, shift.float.toString(), shift.openedAt],
  );
}

/** Writes where a shift stands. */
export async function updateShift(tx: Tx, shift: CashierShift): Promise<void> {
  await tx.execute(
    `update receivables.cashier_shift set state = $2, expected_fen = $3, counted_fen = $4, approved_by = $5,
            counted_at = coalesce(counted_at, $6), closed_at = case when $2 = 'closed' then $6 end
     where shift_id = $1`,
    [
      shift.shiftId,
      shift.state,
      shift.expected?.toString() ?? null,
      shift.counted?.toString() ?? null,
      shift.approvedBy,
      tx.now,
    ],
  );
}

/** Writes a receipt with the till's next number: the shift is held, and with it the till. */
export async function insertReceipt(tx: Tx, shift: CashierShift, moved: CashMoved): Promise<void> {
  await tx.execute(
    `with next as (update receivables.till set last_sequence = last_sequence + 1 where till = $1 returning last_sequence)
     insert into receivables.cash_receipt (till, sequence, shift_id, kind, reference_id, account_id, amount_fen, at)
     select $1, last_sequence, $2::uuid, $3, $4::uuid, $5::uuid, $6::bigint, $7::timestamptz from next`,
    [
      shift.till,
      shift.shiftId,
      moved.kind,
      moved.referenceId,
      moved.accountId,
      moved.amount.toString(),
      tx.now,
    ],
  );
}

/** Σ of a shift's receipts. */
export async function sumOfReceipts(tx: Tx, shiftId: string): Promise<Money> {
  const [row] = await tx.query<{ sum: string }>(
    `select coalesce(sum(amount_fen), 0)::text as sum from receivables.cash_receipt where shift_id = $1`,
    [shiftId],
  );
  return moneyFromMinor(BigInt(row?.sum ?? 0));
}

/** Shifts, newest first; those that are not closed where that is asked for. */
export async function findShifts(tx: Tx, isOpenOnly: boolean, limit: number): Promise<CashierShift[]> {
  const rows = await tx.query<ShiftRow>(
    `select ${columns} from receivables.cashier_shift where not $1::boolean or state <> 'closed'
     order by opened_at desc, shift_id limit $2`,
    [isOpenOnly, limit],
  );
  return rows.map(shiftFromRow);
}

/** The receipts of shifts by number. */
export async function findReceipts(
  tx: Tx,
  shiftIds: readonly string[],
): Promise<(CashReceipt & { shiftId: string })[]> {
  const rows = await tx.query<Record<string, string>>(
    `select till, sequence, shift_id, kind, reference_id, account_id, amount_fen from receivables.cash_receipt
     where shift_id = any($1::uuid[]) order by till, sequence`,
    [shiftIds],
  );
  return rows.map((row) => ({
    shiftId: row['shift_id'] ?? '',
    number: receiptNumber(row['till'] ?? '', BigInt(row['sequence'] ?? 0)),
    kind: row['kind'] ?? '',
    referenceId: row['reference_id'] ?? '',
    accountId: row['account_id'] ?? '',
    amount: moneyFromMinor(BigInt(row['amount_fen'] ?? 0)),
  }));
}

/** Writes what was paid in at the bank. */
export async function insertBanking(
  tx: Tx,
  { bankingId, shiftId, amount, at }: CashBanked,
  { reference, by }: { reference: string; by: string },
): Promise<void> {
  await tx.execute(
    `insert into receivables.cash_banking (banking_id, shift_id, amount_fen, reference, banked_by, banked_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [bankingId, shiftId, amount.toString(), reference, by, at],
  );
}

/** What of each shift was paid in at the bank; shifts of which nothing was are left out. */
export async function sumsBanked(tx: Tx, shiftIds: readonly string[]): Promise<Map<string, Money>> {
  const rows = await tx.query<{ shift_id: string; sum: string }>(
    `select shift_id, sum(amount_fen)::text as sum from receivables.cash_banking
     where shift_id = any($1::uuid[]) group by shift_id`,
    [shiftIds],
  );
  return new Map(rows.map((row) => [row.shift_id, moneyFromMinor(BigInt(row.sum))]));
}

function shiftFromRow(row: ShiftRow): CashierShift {
  return {
    shiftId: row.shift_id,
    till: row.till,
    clerk: row.clerk,
    state: row.state,
    float: moneyFromMinor(BigInt(row.float_fen)),
    openedAt: instantFromDate(row.opened_at),
    expected: row.expected_fen === null ? null : moneyFromMinor(BigInt(row.expected_fen)),
    counted: row.counted_fen === null ? null : moneyFromMinor(BigInt(row.counted_fen)),
    approvedBy: row.approved_by,
  };
}
