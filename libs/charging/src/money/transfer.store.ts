import { amountFromMicro, instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { MoneyTransfer } from './transfer';

interface TransferRow {
  lane: number;
  transfer_id: string;
  from_account_id: string;
  to_account_id: string;
  amount: string;
  state: MoneyTransfer['state'];
  taken_at: Date;
  given_at: Date | null;
}

/** Writes a transfer that has been taken. */
export async function insertTransfer(tx: Tx, transfer: MoneyTransfer): Promise<void> {
  const { lane, transferId, fromAccountId, toAccountId, amount, state, takenAt } = transfer;
  await tx.execute(
    `insert into charging.money_transfer (lane, transfer_id, from_account_id, to_account_id, amount, state, taken_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [lane, transferId, fromAccountId, toAccountId, amount.toString(), state, takenAt],
  );
  await tx.execute(`insert into charging.money_transfer_locator (transfer_id, lane) values ($1, $2)`, [
    transferId,
    lane,
  ]);
}

/** A transfer by its id; with `lock` nobody else may give it until the transaction ends. */
export async function findTransfer(
  tx: Tx,
  transferId: string,
  options: { lock: boolean } = { lock: false },
): Promise<MoneyTransfer | undefined> {
  const [row] = await tx.query<TransferRow>(
    `select t.* from charging.money_transfer_locator l join charging.money_transfer t using (lane, transfer_id)
     where l.transfer_id = $1 ${options.lock ? 'for update of t' : ''}`,
    [transferId],
  );
  return row && fromRow(row);
}

/** Records that the receiver has it. */
export async function saveGiven(tx: Tx, { lane, transferId }: MoneyTransfer): Promise<void> {
  await tx.execute(
    `update charging.money_transfer set state = 'given', given_at = $3 where lane = $1 and transfer_id = $2`,
    [lane, transferId, tx.now],
  );
}

/** Transfers that the receiver does not have yet. */
export async function findTaken(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.query<{ transfer_id: string }>(
    `select transfer_id from charging.money_transfer where state = 'taken' order by transfer_id limit $1`,
    [limit],
  );
  return rows.map((row) => row.transfer_id);
}

/** Transfers, newest first: of one payer, or of all. */
export async function findTransfers(
  tx: Tx,
  payer: { lane: number; accountId: string } | null,
  page: { offset: number; limit: number },
): Promise<{ transfers: MoneyTransfer[]; total: number }> {
  const rows = await tx.query<TransferRow & { total: string }>(
    `select t.*, count(*) over () as total from charging.money_transfer t
     where $1::smallint is null or (t.lane = $1 and t.from_account_id = $2::uuid)
     order by transfer_id desc offset $3 limit $4`,
    [payer?.lane ?? null, payer?.accountId ?? null, page.offset, page.limit],
  );
  return { transfers: rows.map(fromRow), total: Number(rows[0]?.total ?? 0) };
}

function fromRow(row: TransferRow): MoneyTransfer {
  return {
    lane: row.lane,
    transferId: row.transfer_id,
    fromAccountId: row.from_account_id,
    toAccountId: row.to_account_id,
    amount: amountFromMicro(BigInt(row.amount)),
    state: row.state,
    takenAt: instantFromDate(row.taken_at),
    givenAt: row.given_at && instantFromDate(row.given_at),
  };
}
