import { instantFromDate, isId, moneyFromMinor, newId, type LocalDate, type Money } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Receipt, ReceiptFact } from './receipt';

interface ReceiptRow {
  receipt_id: string;
  source: string;
  reference: string;
  content_hash: string;
  file_id: string | null;
  amount_fen: string;
  value_date: LocalDate;
  payer: string;
  remark: string;
  state: Receipt['state'];
  matched_by: string | null;
  account_id: string | null;
  payment_id: string | null;
  received_at: Date;
  returned_at: Date | null;
}

const columns = `receipt_id, source, reference, content_hash, file_id, amount_fen, value_date::text as value_date, payer, remark,
  state, matched_by, account_id, payment_id, received_at, returned_at`;

/** Keeps a receipt that nobody has reported before, unmatched; null where its reference is known. */
export async function insertReceipt(
  tx: Tx,
  fact: ReceiptFact,
  fileId: string | null,
): Promise<string | null> {
  const receiptId = newId();
  const inserted = await tx.execute(
    `insert into receivables.receipt (receipt_id, source, reference, content_hash, file_id, amount_fen, value_date, payer,
       remark, state, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'unmatched', $10) on conflict do nothing`,
    [
      ...[receiptId, fact.source, fact.reference, fact.contentHash, fileId, fact.amount.toString()],
      ...[fact.valueDate, fact.payer, fact.remark, tx.now],
    ],
  );
  return inserted === 0 ? null : receiptId;
}

/** The receipt of a reference. */
export async function findByReference(tx: Tx, { source, reference }: ReceiptFact): Promise<Receipt | null> {
  const [row] = await tx.query<ReceiptRow>(
    `select ${columns} from receivables.receipt where source = $1 and reference = $2`,
    [source, reference],
  );
  return row ? fromRow(row) : null;
}

/** Locks a receipt. */
export async function lockReceipt(tx: Tx, receiptId: string): Promise<Receipt | null> {
  const [row] = await tx.query<ReceiptRow>(
    `select ${columns} from receivables.receipt where receipt_id = $1 for update`,
    [receiptId],
  );
  return row ? fromRow(row) : null;
}

/** Says whose payment a receipt is. */
export async function saveMatch(
  tx: Tx,
  receiptId: string,
  match: { matchedBy: string; accountId: string; paymentId: string },
): Promise<void> {
  await tx.execute(
    `update receivables.receipt
     set state = 'matched', matched_by = $2, account_id = $3, payment_id = $4, matched_at = $5
     where receipt_id = $1 and state = 'unmatched'`,
    [receiptId, match.matchedBy, match.accountId, match.paymentId, tx.now],
  );
}

/** Says that a receipt is nobody's again. */
export async function clearMatch(tx: Tx, receiptId: string): Promise<void> {
  await tx.execute(
    `update receivables.receipt
     set state = 'unmatched', matched_by = null, account_id = null, payment_id = null, matched_at = null
     where receipt_id = $1 and state = 'matched'`,
    [receiptId],
  );
}

/** Says that a receipt that was nobody's has been sent back. */
export async function saveReturn(
  tx: Tx,
  receiptId: string,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  await tx.execute(
    `update receivables.receipt set state = 'returned', returned_at = $2, returned_by = $3, return_reason = $4
     where receipt_id = $1 and state = 'unmatched'`,
    [receiptId, tx.now, by, reason],
  );
}

/** Receipts that are nobody's yet, oldest first, after one of them. */
export async function findUnmatched(tx: Tx, after: string | null, limit: number): Promise<Receipt[]> {
  const rows = await tx.query<ReceiptRow>(
    `select ${columns} from receivables.receipt
     where state = 'unmatched' and ($1::uuid is null or receipt_id > $1) order by receipt_id limit $2`,
    [after, limit],
  );
  return rows.map(fromRow);
}

/** A bill that somebody pays. */
export interface NamedBill {
  billId: string;
  accountId: string;
  open: Money;
}

/** The bills that have one of these numbers, one due first first. */
export async function findBillsByNumber(tx: Tx, numbers: readonly string[]): Promise<NamedBill[]> {
  const rows = await tx.query<{ bill_id: string; account_id: string; open_fen: string }>(
    `select item.bill_id, item.account_id, item.open_fen
     from receivables.bill_lane as directory join receivables.open_item as item using (lane, bill_id)
     where directory.number = any($1::text[]) order by item.due_at, item.number`,
    [numbers],
  );
  return rows.map(namedFromRow);
}

/** Up to two bills of which just so much is open: two are too many. Read over all lanes. */
export async function findBillsByOpen(tx: Tx, amount: Money): Promise<NamedBill[]> {
  const rows = await tx.query<{ bill_id: string; account_id: string; open_fen: string }>(
    `select bill_id, account_id, open_fen from receivables.open_item where open_fen = $1 limit 2`,
    [amount.toString()],
  );
  return rows.map(namedFromRow);
}

/** The accounts among words. */
export async function findAccountsNamed(tx: Tx, words: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ account_id: string }>(
    `select account_id from receivables.account where account_id = any($1::uuid[])`,
    [words.filter(isId)],
  );
  return rows.map((row) => row.account_id);
}

function namedFromRow(row: { bill_id: string; account_id: string; open_fen: string }): NamedBill {
  return { billId: row.bill_id, accountId: row.account_id, open: moneyFromMinor(BigInt(row.open_fen)) };
}

function fromRow(row: ReceiptRow): Receipt {
  return {
    receiptId: row.receipt_id,
    source: row.source,
    reference: row.reference,
    contentHash: row.content_hash,
    fileId: row.file_id,
    amount: moneyFromMinor(BigInt(row.amount_fen)),
    valueDate: row.value_date,
    payer: row.payer,
    remark: row.remark,
    state: row.state,
    matchedBy: row.matched_by,
    accountId: row.account_id,
    paymentId: row.payment_id,
    receivedAt: instantFromDate(row.received_at),
    returnedAt: row.returned_at && instantFromDate(row.returned_at),
  };
}
