import { moneyFromMinor, newId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { LedgerChange, SourceKind, StandingAllocation } from '../account-ledger';
import type { ChangeSource } from '../ledger.store';

interface AllocationRow {
  allocation_id: string;
  source_id: string;
  source_kind: SourceKind;
  bill_id: string;
  account_id: string;
  line_no: number | null;
  amount_fen: string;
}

const columns = `allocation_id, source_id, source_kind, bill_id, account_id, line_no, amount_fen`;

/** Writes what a change settles. */
export async function insertAllocations(tx: Tx, change: LedgerChange, source: ChangeSource): Promise<void> {
  if (change.allocations.length === 0) return;
  const { lane, accountId } = change.after;
  await tx.execute(
    `insert into receivables.allocation
       (lane, allocation_id, source_id, bill_id, account_id, source_kind, amount_fen, allocated_at, line_no, value_date)
     select $1, taken.allocation_id, $2, taken.bill_id, $3, $4, taken.amount_fen, $5, taken.line_no, $6
     from unnest($7::uuid[], $8::uuid[], $9::bigint[], $10::integer[])
       as taken (allocation_id, bill_id, amount_fen, line_no)`,
    [
      ...[lane, source.id, accountId, source.kind, tx.now, source.valueDate],
      change.allocations.map(() => newId()),
      change.allocations.map((allocation) => allocation.billId),
      change.allocations.map((allocation) => allocation.amount.toString()),
      change.allocations.map((allocation) => allocation.lineNo ?? null),
    ],
  );
}

/** Marks allocations that no longer stand; they are kept. What stands of one that is taken back in part is written anew. */
export async function reverseAllocations(tx: Tx, { reversed = [], after }: LedgerChange): Promise<void> {
  if (reversed.length === 0) return;
  const ids = reversed.map(({ allocation }) => allocation.allocationId);
  await tx.execute(
    `update receivables.allocation set reversed_at = $3
     where lane = $1 and allocation_id = any($2::uuid[]) and reversed_at is null`,
    [after.lane, ids, tx.now],
  );
  await tx.execute(
    `insert into receivables.allocation
       (lane, allocation_id, source_id, bill_id, account_id, source_kind, amount_fen, allocated_at, line_no, value_date)
     select lane, rest.new_id, source_id, bill_id, account_id, source_kind, rest.amount_fen, allocated_at, line_no, value_date
     from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as rest (old_id, new_id, amount_fen)
     join receivables.allocation on lane = $1 and allocation_id = rest.old_id
     where rest.amount_fen > 0`,
    [
      after.lane,
      ids,
      reversed.map(() => newId()),
      reversed.map(({ allocation, amount }) => (allocation.amount - amount).toString()),
    ],
  );
}

/** Allocations of an account that stand, newest first: one, those of a source, or those of a bill. */
export async function findStanding(
  tx: Tx,
  { lane, accountId }: { lane: number; accountId: string },
  by: { allocationId?: string; sourceId?: string; billId?: string },
): Promise<StandingAllocation[]> {
  const rows = await tx.query<AllocationRow>(
    `select ${columns} from receivables.allocation
     where lane = $1 and account_id = $2 and reversed_at is null
       and ($3::uuid is null or allocation_id = $3) and ($4::uuid is null or source_id = $4)
       and ($5::uuid is null or bill_id = $5)
     order by allocated_at desc, allocation_id desc`,
    [lane, accountId, by.allocationId ?? null, by.sourceId ?? null, by.billId ?? null],
  );
  return rows.map(standingFromRow);
}

/** Allocations to bills of an account that stand. */
export async function findStandingOfBills(
  tx: Tx,
  { lane, accountId }: { lane: number; accountId: string },
  billIds: readonly string[],
): Promise<StandingAllocation[]> {
  const rows = await tx.query<AllocationRow>(
    `select ${columns} from receivables.allocation
     where lane = $1 and account_id = $2 and bill_id = any($3::uuid[]) and reversed_at is null`,
    [lane, accountId, billIds],
  );
  return rows.map(standingFromRow);
}

/** Allocations of several accounts that stand, newest first, at most `limit` each. */
export async function findStandingOfAccounts(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
  limit: number,
): Promise<Map<string, StandingAllocation[]>> {
  const rows = await tx.query<AllocationRow>(
    `select * from (
       select ${columns}, row_number() over (partition by account_id order by allocated_at desc, allocation_id desc) as rank
       from receivables.allocation
       where lane = any($1::smallint[]) and account_id = any($2::uuid[]) and reversed_at is null
     ) as ranked where rank <= $3 order by rank`,
    [lanes, accountIds, limit],
  );
  const byAccount = new Map<string, StandingAllocation[]>();
  for (const row of rows) {
    const known = byAccount.get(row.account_id) ?? [];
    byAccount.set(row.account_id, [...known, standingFromRow(row)]);
  }
  return byAccount;
}

/** Allocations of sources in some lanes that stand, oldest first. */
export async function findStandingOfSources(
  tx: Tx,
  lanes: readonly number[],
  sourceIds: readonly string[],
): Promise<StandingAllocation[]> {
  const rows = await tx.query<AllocationRow>(
    `select ${columns} from receivables.allocation
     where lane = any($1::smallint[]) and source_id = any($2::uuid[]) and reversed_at is null
     order by allocated_at, allocation_id`,
    [lanes, sourceIds],
  );
  return rows.map(standingFromRow);
}

/** An allocation as stored. */
export function standingFromRow(row: AllocationRow): StandingAllocation {
  return {
    allocationId: row.allocation_id,
    sourceId: row.source_id,
    sourceKind: row.source_kind,
    billId: row.bill_id,
    lineNo: row.line_no,
    amount: moneyFromMinor(BigInt(row.amount_fen)),
  };
}
