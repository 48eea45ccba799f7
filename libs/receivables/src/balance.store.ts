import { moneyFromMinor, type Money } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { openItemFromRow, type OpenItemRow } from './ledger.store';
import type { OpenItem } from './open-item';

export interface AccountBalance {
  accountId: string;
  /** Σ open items. */
  receivable: Money;
  /** Customer credit that no bill has used yet. */
  credit: Money;
}

/** What accounts owe and have too much; accounts without a ledger are left out. */
export async function findBalances(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
): Promise<AccountBalance[]> {
  const rows = await tx.query<{ account_id: string; receivable_fen: string; credit_fen: string }>(
    `select account_id, receivable_fen, credit_fen from receivables.account_ledger
     where lane = any($1::smallint[]) and account_id = any($2::uuid[])`,
    [lanes, accountIds],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    receivable: moneyFromMinor(BigInt(row.receivable_fen)),
    credit: moneyFromMinor(BigInt(row.credit_fen)),
  }));
}

/** The unpaid bills of accounts, the one due first first; at most `limit` each. */
export async function findOpenItems(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
  limit: number,
): Promise<OpenItem[]> {
  const rows = await tx.query<OpenItemRow>(
    `select * from (
       select item.*, row_number() over (partition by account_id order by due_at, number) as rank
       from receivables.open_item as item
       where lane = any($1::smallint[]) and account_id = any($2::uuid[]) and open_fen > 0
     ) as ranked where rank <= $3 order by due_at, number`,
    [lanes, accountIds, limit],
  );
  return rows.map(openItemFromRow);
}

/** What is open of bills, by bill id: zero for paid ones and credit notes, absent for bills not posted. */
export async function findBillDues(tx: Tx, billIds: readonly string[]): Promise<Map<string, Money>> {
  const lanes = await tx.query<{ bill_id: string; lane: number }>(
    `select bill_id, lane from receivables.bill_lane where bill_id = any($1::uuid[])`,
    [billIds],
  );
  const items = await tx.query<{ bill_id: string; open_fen: string }>(
    `select bill_id, open_fen from receivables.open_item where lane = any($1::smallint[]) and bill_id = any($2::uuid[])`,
    [[...new Set(lanes.map((row) => row.lane))], billIds],
  );
  const open = new Map(items.map((row) => [row.bill_id, BigInt(row.open_fen)]));
  return new Map(lanes.map((row) => [row.bill_id, moneyFromMinor(open.get(row.bill_id) ?? 0n)]));
}
