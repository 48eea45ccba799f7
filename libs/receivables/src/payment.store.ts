import type { Tx } from '@ronghe/platform';
import { instantFromDate, moneyFromMinor } from '@ronghe/kernel';
import type { Payment, PaymentMethod } from './payment';

interface PaymentRow {
  payment_id: string;
  account_id: string;
  lane: number;
  amount_fen: string;
  method: PaymentMethod;
  received_at: Date;
  received_by: string;
}

/** Writes a payment; its posting is written beside it in the same transaction. */
export async function insertPayment(tx: Tx, payment: Payment): Promise<void> {
  await tx.execute(
    `insert into receivables.payment (lane, payment_id, account_id, amount_fen, method, received_at, received_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      payment.lane,
      payment.paymentId,
      payment.accountId,
      payment.amount.toString(),
      payment.method,
      payment.receivedAt,
      payment.receivedBy,
    ],
  );
}

/** Payments of several accounts, newest first, at most `limit` each. */
export async function findPayments(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
  limit: number,
): Promise<Payment[]> {
  const rows = await tx.query<PaymentRow>(
    `select * from (
       select payment.*, row_number() over (partition by account_id order by received_at desc, payment_id desc) as rank
       from receivables.payment
       where lane = any($1::smallint[]) and account_id = any($2::uuid[])
     ) as ranked where rank <= $3 order by received_at desc, payment_id desc`,
    [lanes, accountIds, limit],
  );
  return rows.map((row) => ({
    paymentId: row.payment_id,
    accountId: row.account_id,
    lane: row.lane,
    amount: moneyFromMinor(BigInt(row.amount_fen)),
    method: row.method,
    receivedAt: instantFromDate(row.received_at),
    receivedBy: row.received_by,
  }));
}
