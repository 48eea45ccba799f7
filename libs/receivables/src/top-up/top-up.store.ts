import type { ToppedUp } from '@ronghe/contracts';
import { instantFromDate, moneyFromMinor } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { PaymentMethod } from '../payment';
import type { TopUp, TopUpState } from './top-up';

interface TopUpRow {
  lane: number;
  payment_id: string;
  account_id: string;
  amount_fen: string;
  method: PaymentMethod;
  state: TopUpState;
  booked_at: Date;
  granted_at: Date | null;
  outcome: ToppedUp | null;
}

/** Writes a top-up that charging still has to grant, and adds it to what the account has paid in. */
export async function insertTopUp(tx: Tx, topUp: TopUp): Promise<void> {
  const { lane, paymentId, accountId, amount, method, state, bookedAt } = topUp;
  await tx.execute(
    `insert into receivables.top_up (lane, payment_id, account_id, amount_fen, method, state, booked_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [lane, paymentId, accountId, amount.toString(), method, state, bookedAt],
  );
  await tx.execute(`insert into receivables.top_up_lane (payment_id, lane) values ($1, $2)`, [
    paymentId,
    lane,
  ]);
  await tx.execute(
    `insert into receivables.prepayment (lane, account_id, paid_fen, moved) values ($1, $2, $3, '{}')
     on conflict (lane, account_id) do update set paid_fen = prepayment.paid_fen + excluded.paid_fen`,
    [lane, accountId, amount.toString()],
  );
}

/** Null when there is none. */
export async function findTopUp(tx: Tx, paymentId: string): Promise<TopUp | null> {
  const [row] = await tx.query<TopUpRow>(
    `select t.* from receivables.top_up_lane l join receivables.top_up t using (lane, payment_id)
     where l.payment_id = $1`,
    [paymentId],
  );
  return row ? fromRow(row) : null;
}

/** An account's top-ups, newest first; of all accounts where none is named. */
export async function findTopUps(
  tx: Tx,
  account: { lane: number; accountId: string } | null,
  page: { offset: number; limit: number },
): Promise<{ topUps: TopUp[]; total: number }> {
  const rows = await tx.query<TopUpRow & { total: string }>(
    `select t.*, count(*) over () as total from receivables.top_up t
     where $1::smallint is null or (t.lane = $1 and t.account_id = $2::uuid)
     order by payment_id desc offset $3 limit $4`,
    [account?.lane ?? null, account?.accountId ?? null, page.offset, page.limit],
  );
  return { topUps: rows.map(fromRow), total: Number(rows[0]?.total ?? 0) };
}

/** Top-ups that charging has not granted yet. */
export async function findWaiting(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.query<{ payment_id: string }>(
    `select payment_id from receivables.top_up where state = 'booked' order by payment_id limit $1`,
    [limit],
  );
  return rows.map((row) => row.payment_id);
}

/** Records what charging answered; an answer that came before stays. */
export async function saveOutcome(
  tx: Tx,
  { lane, paymentId }: TopUp,
  state: 'granted' | 'refused',
  outcome: ToppedUp | { code: string },
): Promise<void> {
  await tx.execute(
    `update receivables.top_up set state = $3, granted_at = $4, outcome = $5
     where lane = $1 and payment_id = $2 and state = 'booked'`,
    [lane, paymentId, state, tx.now, JSON.stringify(outcome)],
  );
}

function fromRow(row: TopUpRow): TopUp {
  return {
    paymentId: row.payment_id,
    lane: row.lane,
    accountId: row.account_id,
    amount: moneyFromMinor(BigInt(row.amount_fen)),
    method: row.method,
    state: row.state,
    bookedAt: instantFromDate(row.booked_at),
    grantedAt: row.granted_at && instantFromDate(row.granted_at),
    outcome: row.state === 'granted' ? row.outcome : null,
  };
}
