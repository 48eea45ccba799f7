import type { Tx } from '@ronghe/platform';
import {
  columnArrays,
  instantFromDate,
  moneyFromMinor,
  sumMoney,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import type { AccountLedger, LedgerChange, SourceKind } from './account-ledger';
import type { JournalEntry, JournalLine } from './journal-entry';
import type { OpenItem } from './open-item';
import { creditDisputes, type CreditedBill } from './dunning/dispute.store';
import { reviewChanged } from './dunning/expect-due.store';
import { noteTakenBack } from './instalment/instalment-plan.store';
import { insertAllocations, reverseAllocations } from './settlement/allocation.store';

export interface OpenItemRow {
  bill_id: string;
  account_id: string;
  number: string;
  period: string;
  issued_at: Date;
  due_at: Date;
  amount_fen: string;
  open_fen: string;
  disputed_fen: string;
  instalment_fen: string;
}

/** Why something was settled, and from which local day it counts. */
export interface ChangeSource {
  kind: SourceKind;
  id: string;
  valueDate: LocalDate;
  /** Of a credit note by hand: what it credits. */
  credits?: CreditedBill | undefined;
}

/** Locks the account's ledger and reads what is open, and named bills also when they are paid. The row is made on first use. */
export async function lockLedger(
  tx: Tx,
  lane: number,
  accountId: string,
  billIds: readonly string[] = [],
): Promise<AccountLedger> {
  await tx.execute(
    `insert into receivables.account_ledger (lane, account_id, receivable_fen, credit_fen) values ($1, $2, 0, 0)
     on conflict do nothing`,
    [lane, accountId],
  );
  const [row] = await tx.query<{ credit_fen: string; deposit_fen: string }>(
    `select credit_fen, deposit_fen from receivables.account_ledger where lane = $1 and account_id = $2 for update`,
    [lane, accountId],
  );
  const items = await tx.query<OpenItemRow>(
    `select bill_id, account_id, number, period, issued_at, due_at, amount_fen, open_fen, disputed_fen, instalment_fen
     from receivables.open_item
     where lane = $1 and account_id = $2 and (open_fen > 0 or bill_id = any($3::uuid[]))`,
    [lane, accountId, billIds],
  );
  const credit = moneyFromMinor(BigInt(row?.credit_fen ?? 0));
  const deposit = moneyFromMinor(BigInt(row?.deposit_fen ?? 0));
  return { accountId, lane, openItems: items.map(openItemFromRow), credit, deposit };
}

/** Writes a change that was decided on a locked ledger: entries, new item, allocations, balances. */
export async function saveChange(tx: Tx, change: LedgerChange, source: ChangeSource): Promise<void> {
  await insertEntries(tx, change.entries);
  if (change.opened) await insertOpenItem(tx, change.after.lane, change.opened);
  await reverseAllocations(tx, change);
  await insertAllocations(tx, change, source);
  const reversed = (change.reversed ?? []).map(({ allocation }) => allocation);
  const moved = [...change.allocations, ...reversed].map(({ billId }) => billId);
  await updateOpenItems(
    tx,
    change.after.lane,
    change.after.openItems.filter(({ billId }) => billId !== change.opened?.billId && moved.includes(billId)),
  );
  if (reversed.length > 0) {
    const owedAgain = new Set(reversed.map(({ billId }) => billId));
    const items = change.after.openItems.filter(({ billId }) => owedAgain.has(billId));
    await noteTakenBack(tx, change.after, items);
  }
  if (source.credits) await creditDisputes(tx, change.after.lane, source.credits);
  const { lane, accountId, openItems, credit, deposit } = change.after;
  await tx.execute(
    `update receivables.account_ledger set receivable_fen = $3, credit_fen = $4, deposit_fen = $5
     where lane = $1 and account_id = $2`,
    [lane, accountId, fen(sumMoney(openItems.map((item) => item.open))), fen(credit), fen(deposit)],
  );
}

/** Writes what is open, disputed and in instalments of items of a ledger that is locked. */
export async function updateOpenItems(tx: Tx, lane: number, items: readonly OpenItem[]): Promise<void> {
  if (items.length === 0) return;
  await tx.execute(
    `update receivables.open_item as item
     set open_fen = now.open_fen, disputed_fen = now.disputed_fen, instalment_fen = now.instalment_fen
     from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[])
       as now (bill_id, open_fen, disputed_fen, instalment_fen)
     where item.lane = $1 and item.bill_id = now.bill_id`,
    [
      lane,
      items.map((item) => item.billId),
      items.map((item) => fen(item.open)),
      items.map((item) => fen(item.disputed)),
      items.map((item) => fen(item.instalment)),
    ],
  );
  await reviewChanged(tx, lane, items);
}

/**
 * Remembers in which lane a bill's item lies, and its number; false when that was remembered before. It is written with
 * the bill's posting, also of one that comes to nothing and has no entry: the guard that it is posted once.
 */
export async function insertBillLane(
  tx: Tx,
  lane: number,
  bill: { billId: string; number: string },
): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into receivables.bill_lane (bill_id, lane, number) values ($1, $2, $3) on conflict do nothing`,
    [bill.billId, lane, bill.number],
  );
  return inserted > 0;
}

/** Writes entries. */
export async function insertEntries(tx: Tx, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.execute(
    `insert into receivables.journal_entry (lane, kind, reference_id, account_id, period, booked_at, lines)
     select * from unnest($1::smallint[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::jsonb[])`,
    columnArrays(
      entries,
      (entry) => entry.lane,
      (entry) => entry.kind,
      (entry) => entry.referenceId,
      (entry) => entry.accountId,
      (entry) => entry.period,
      (entry) => entry.bookedAt,
      (entry) => JSON.stringify(entry.lines.map(lineToRow)),
    ),
  );
}

async function insertOpenItem(tx: Tx, lane: number, item: OpenItem): Promise<void> {
  await tx.execute(
    `insert into receivables.open_item
       (lane, bill_id, account_id, number, period, issued_at, due_at, amount_fen, open_fen)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      lane,
      item.billId,
      item.accountId,
      item.number,
      item.period,
      item.issuedAt,
      item.dueAt,
      fen(item.amount),
      fen(item.open),
    ],
  );
}

function lineToRow(line: JournalLine) {
  return {
    account: line.account,
    subAccount: line.subAccount,
    debit: fen(line.debit),
    credit: fen(line.credit),
  };
}

/** An open item as stored. */
export function openItemFromRow(row: OpenItemRow): OpenItem {
  return {
    billId: row.bill_id,
    accountId: row.account_id,
    number: row.number,
    period: row.period,
    issuedAt: instantFromDate(row.issued_at),
    dueAt: instantFromDate(row.due_at),
    amount: moneyFromMinor(BigInt(row.amount_fen)),
    open: moneyFromMinor(BigInt(row.open_fen)),
    disputed: moneyFromMinor(BigInt(row.disputed_fen)),
    instalment: moneyFromMinor(BigInt(row.instalment_fen)),
  };
}

function fen(money: Money): string {
  return money.toString();
}
