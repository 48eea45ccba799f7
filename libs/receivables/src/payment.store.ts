import type { Tx } from '@ronghe/platform';
import { instantFromDate, moneyFromMinor, type LocalDate } from '@ronghe/kernel';
import type { Payment, PaymentMethod } from './payment';

interface PaymentRow {
  payment_id: string;
  account_id: string;
  lane: number;
  amount_fen: string;
  method: PaymentMethod;
  received_at: Date;
  received_by: string;
  value_date: LocalDate;
  reference: string | null;
}

const columns = `lane, payment_id, account_id, amount_fen, method, received_at, received_by, value_date::text as value_date, reference`;

/** Writes a payment; its posting is written beside it in the same transaction. */
export async function insertPayment(tx: Tx, payment: Payment): Promise<void> {
  await tx.execute(
    `insert into receivables.payment 
       (lane, payment_id, account_id, amount_fen, method, received_at, received_by, value_date, reference)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      payment.lane,
      payment.paymentId,
      payment.accountId,
      payment.amount.toString(),
      payment.method,
      payment.receivedAt,
      payment.receivedBy,
      payment.valueDate,
      payment.reference,
    ],
  );
  await tx.execute(`insert into receivables.payment_lane (payment_id, lane) values ($1, $2)`, [
    payment.paymentId,
    payment.lane,
  ]);
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
       select ${columns}, row_number() over (partition by account_id order by received_at desc, payment_id desc) as rank
       from receivables.payment
       where lane = any($1::smallint[]) and account_id = any($2::uuid[])
     ) as ranked where rank <= $3 order by received_at desc, payment_id desc`,
    [lanes, accountIds, limit],
  );
  return rows.map(paymentFromRow);
}

/** Null when there is none. */
export async function findPayment(tx: Tx, paymentId: string): Promise<Payment | null> {
  const [row] = await tx.query<PaymentRow>(
    `select ${columns} from receivables.payment_lane join receivables.payment using (lane, payment_id)
     where payment_id = $1`,
    [paymentId],
  );
  return row ? paymentFromRow(row) : null;
}

/** An account's payments, newest first; of all accounts where none is named, read at rest. */
export async function findPaymentPage(
  tx: Tx,
  account: { lane: number; accountId: string } | null,
  page: { offset: number; limit: number },
): Promise<{ payments: Payment[]; total: number }> {
  const rows = await tx.query<PaymentRow & { total: string }>(
    `select ${columns}, count(*) over () as total from receivables.payment
     where $1::smallint is null or (lane = $1 and account_id = $2::uuid)
     order by received_at desc, payment_id desc offset $3 limit $4`,
    [account?.lane ?? null, account?.accountId ?? null, page.offset, page.limit],
  );
  return { payments: rows.map(paymentFromRow), total: Number(rows[0]?.total ?? 0) };
}

function paymentFromRow(row: PaymentRow): Payment {
  return {
    paymentId: row.payment_id,
    accountId: row.account_id,
    lane: row.lane,
    amount: moneyFromMinor(BigInt(row.amount_fen)),
    method: row.method,
    receivedAt: instantFromDate(row.received_at),
    receivedBy: row.received_by,
    valueDate: row.value_date,
    reference: row.reference,
  };
}
