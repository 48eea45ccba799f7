import type { BillPublished } from '@ronghe/contracts';
import { moneyFromDecimal, zeroMoney, type Money } from '@ronghe/kernel';
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
 * Posts the bills of one lane that are plain debts: positive, the only one of their account here, of an account without
 * credit, not posted before. A statement per table, whatever their number.
 * @returns the ids of those that it posted, or found posted
 */
export async function postDebts(tx: Tx, bills: readonly BillPublished[]): Promise<Set<string>> {
  const [first] = bills;
  if (!first || bills.length === 1) return new Set();
  const { lane } = first;
  const candidates = await candidatesOf(tx, bills);
  const withoutCredit = await lockWithoutCredit(tx, lane, candidates);
  const plain = candidates.filter(({ bill }) => withoutCredit.has(bill.accountId));
  const fresh = await insertBillLanes(tx, lane, plain);
  await writeDebts(
    tx,
    lane,
    plain.filter(({ bill }) => fresh.has(bill.billId)),
  );
  return new Set(plain.map(({ bill }) => bill.billId));
}

async function candidatesOf(tx: Tx, bills: readonly BillPublished[]): Promise<Debt[]> {
  const counts = new Map<string, number>();
  for (const { accountId } of bills) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  const known = await findAccounts(tx, [...counts.keys()]);
  const accounts = new Map(known.map((account) => [account.account_id, account]));
  return bills.flatMap((bill) => {
    const account = accounts.get(bill.accountId);
    const isDebt = moneyFromDecimal(bill.total) > zeroMoney && counts.get(bill.accountId) === 1;
    return account && isDebt && account.lane === bill.lane ? [{ bill, account }] : [];
  });
}

/** Locks the ledgers of accounts in one order; those of which nothing is over. Rows are made on first use. */
async function lockWithoutCredit(tx: Tx, lane: number, debts: readonly Debt[]): Promise<Set<string>> {
  const accountIds = debts.map(({ bill }) => bill.accountId).sort();
  await tx.execute(
    `insert into receivables.account_ledger (lane, account_id, receivable_fen, credit_fen)
     select $1, account_id, 0, 0 from unnest($2::uuid[]) as row (account_id) on conflict do nothing`,
    [lane, accountIds],
  );
  const rows = await tx.query<{ account_id: string; credit_fen: string }>(
    `select account_id, credit_fen from receivables.account_ledger
     where lane = $1 and account_id = any($2::uuid[]) order by account_id for update`,
    [lane, accountIds],
  );
  return new Set(rows.filter((row) => row.credit_fen === '0').map((row) => row.account_id));
}

/** Remembers in which lane the bills' items lie; those that were remembered before have been posted, and are left out. */
async function insertBillLanes(tx: Tx, lane: number, debts: readonly Debt[]): Promise<Set<string>> {
  if (debts.length === 0) return new Set();
  const rows = await tx.query<{ bill_id: string }>(
    `insert into receivables.bill_lane (bill_id, lane, number)
     select bill_id, $1, number from unnest($2::uuid[], $3::text[]) as row (bill_id, number)
     on conflict do nothing returning bill_id`,
    [lane, debts.map(({ bill }) => bill.billId), debts.map(({ bill }) => bill.number)],
  );
  return new Set(rows.map((row) => row.bill_id));
}

async function writeDebts(tx: Tx, lane: number, debts: readonly Debt[]): Promise<void> {
  if (debts.length === 0) return;
  const none: Money = zeroMoney;
  const changes = debts.map(({ bill }) =>
    applyBill({ accountId: bill.accountId, lane, openItems: [], credit: none, deposit: none }, bill),
  );
  const opened = changes.flatMap((change) => change.opened ?? []);
  await insertEntries(
    tx,
    changes.flatMap(({ entries }) => entries),
  );
  await insertOpenItems(tx, lane, opened);
  await tx.execute(
    `update receivables.account_ledger as ledger set receivable_fen = receivable_fen + row.fen
     from unnest($2::uuid[], $3::bigint[]) as row (account_id, fen)
     where ledger.lane = $1 and ledger.account_id = row.account_id`,
    [lane, opened.map((item) => item.accountId), opened.map((item) => item.open.toString())],
  );
  await expectDues(
    tx,
    debts.map(({ bill, account }, index) => ({ bill, account, opened: changes[index]?.opened ?? null })),
  );
}

async function insertOpenItems(tx: Tx, lane: number, items: readonly OpenItem[]): Promise<void> {
  await tx.execute(
    `insert into receivables.open_item
       (lane, bill_id, account_id, number, period, issued_at, due_at, amount_fen, open_fen)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
       $8::bigint[], $9::bigint[])`,
    [
      lane,
      items.map((item) => item.billId),
      items.map((item) => item.accountId),
      items.map((item) => item.number),
      items.map((item) => item.period),
      items.map((item) => item.issuedAt),
      items.map((item) => item.dueAt),
      items.map((item) => item.amount.toString()),
      items.map((item) => item.open.toString()),
    ],
  );
}
