import type { BillPublished } from '@ronghe/contracts';
import { arrayOf, columnArrays, moneyFromDecimal, zeroMoney } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { applyBill } from './account-ledger';
import { findAccounts, type KnownAccount } from './account.store';
import { expectDues } from './dunning/expect-due.store';
import { insertEntries } from './ledger.store';
import type { OpenItem } from './open-item';

/** A bill that adds a debt and touches nothing else of its account's ledger. */
interface Debt {
  bill: BillPublished;
  account: KnownAccount;
}

/**
 * Posts the bills that are plain debts: positive, the only one of their account here, of an account without credit, not
 * posted before. A statement per table, whatever their number and lanes.
 * @returns the ids of those that it posted, or found posted
 */
export async function postDebts(tx: Tx, bills: readonly BillPublished[]): Promise<Set<string>> {
  if (bills.length <= 1) return new Set();
  const candidates = await candidatesOf(tx, bills);
  const isFresh = await insertBillLanes(tx, candidates);
  const fresh = candidates.filter(({ bill }) => isFresh.has(bill.billId));
  const owes = await addToReceivables(tx, fresh);
  const withCredit = new Set(
    fresh.filter(({ bill }) => !owes.has(bill.accountId)).map(({ bill }) => bill.billId),
  );
  await forgetBillLanes(tx, [...withCredit]);
  await writeDebts(
    tx,
    fresh.filter(({ bill }) => !withCredit.has(bill.billId)),
  );
  return new Set(
    candidates.filter(({ bill }) => !withCredit.has(bill.billId)).map(({ bill }) => bill.billId),
  );
}

/** In the order in which their ledgers are locked: the same for everybody. */
async function candidatesOf(tx: Tx, bills: readonly BillPublished[]): Promise<Debt[]> {
  const counts = new Map<string, number>();
  for (const { accountId } of bills) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  const known = await findAccounts(tx, [...counts.keys()]);
  const accounts = new Map(known.map((account) => [account.account_id, account]));
  return bills
    .flatMap((bill) => {
      const account = accounts.get(bill.accountId);
      const isDebt = moneyFromDecimal(bill.total) > zeroMoney && counts.get(bill.accountId) === 1;
      return account && isDebt && account.lane === bill.lane ? [{ bill, account }] : [];
    })
    .sort((a, b) => a.bill.lane - b.bill.lane || (a.bill.accountId < b.bill.accountId ? -1 : 1));
}

/** Remembers in which lane the bills' items lie; those that were remembered before have been posted, and are left out. */
async function insertBillLanes(tx: Tx, debts: readonly Debt[]): Promise<Set<string>> {
  if (debts.length === 0) return new Set();
  const rows = await tx.query<{ bill_id: string }>(
    `insert into receivables.bill_lane (bill_id, lane, number)
     select * from unnest($1::uuid[], $2::smallint[], $3::text[])
     on conflict do nothing returning bill_id`,
    columnArrays(
      debts,
      ({ bill }) => bill.billId,
      ({ bill }) => bill.lane,
      ({ bill }) => bill.number,
    ),
  );
  return new Set(rows.map((row) => row.bill_id));
}

/** Locks the ledgers of accounts and adds what is owed where nothing is over; the ids of those accounts. */
async function addToReceivables(tx: Tx, debts: readonly Debt[]): Promise<Set<string>> {
  if (debts.length === 0) return new Set();
  const rows = await tx.query<{ account_id: string }>(
    `insert into receivables.account_ledger as ledger (lane, account_id, receivable_fen, credit_fen)
     select lane, account_id, fen, 0
     from unnest($1::smallint[], $2::uuid[], $3::bigint[]) as row (lane, account_id, fen)
     on conflict (lane, account_id) do update set receivable_fen = ledger.receivable_fen + excluded.receivable_fen
       where ledger.credit_fen = 0
     returning account_id`,
    columnArrays(
      debts,
      ({ bill }) => bill.lane,
      ({ bill }) => bill.accountId,
      ({ bill }) => moneyFromDecimal(bill.total),
    ),
  );
  return new Set(rows.map((row) => row.account_id));
}

/** What credit pays is posted bill by bill, which remembers them anew. */
async function forgetBillLanes(tx: Tx, billIds: readonly string[]): Promise<void> {
  if (billIds.length === 0) return;
  await tx.execute(`delete from receivables.bill_lane where bill_id = any($1::uuid[])`, [arrayOf(billIds)]);
}

async function writeDebts(tx: Tx, debts: readonly Debt[]): Promise<void> {
  if (debts.length === 0) return;
  const changes = debts.map(({ bill: { accountId, lane }, bill }) =>
    applyBill({ accountId, lane, openItems: [], credit: zeroMoney, deposit: zeroMoney }, bill),
  );
  await insertEntries(
    tx,
    changes.flatMap(({ entries }) => entries),
  );
  await insertOpenItems(
    tx,
    changes.flatMap(({ opened, after: { lane } }) => (opened ? [{ ...opened, lane }] : [])),
  );
  await expectDues(
    tx,
    debts.map(({ bill, account }, index) => ({ bill, account, opened: changes[index]?.opened ?? null })),
  );
}

async function insertOpenItems(tx: Tx, items: readonly (OpenItem & { lane: number })[]): Promise<void> {
  await tx.execute(
    `insert into receivables.open_item
       (lane, bill_id, account_id, number, period, issued_at, due_at, amount_fen, open_fen)
     select * from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[],
       $7::timestamptz[], $8::bigint[], $9::bigint[])`,
    columnArrays(
      items,
      (item) => item.lane,
      (item) => item.billId,
      (item) => item.accountId,
      (item) => item.number,
      (item) => item.period,
      (item) => item.issuedAt,
      (item) => item.dueAt,
      (item) => item.amount,
      (item) => item.open,
    ),
  );
}
