import { newId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { columnArrays } from '../column-arrays';
import { prepared, type Statement } from '../prepared-statement.store';

/** Accounts and periods that a mark names at most: what one transaction publishes. */
const ACCOUNTS_LIMIT = 250;

/** Whose totals changed. */
export interface AccountPeriod {
  lane: number;
  accountId: string;
  period: string;
}

/** As it is stored: a mark is read as a whole, and by nobody else. */
type StoredAccount = [lane: number, accountId: string, period: string];

const MARK: Statement = {
  name: 'charging-mark-totals',
  text: `insert into charging.totals_mark (mark_id, accounts)
     select * from unnest($1::uuid[], $2::text[])`,
};

/**
 * Says with the change itself whose totals are to be published: a row for a whole batch. Nobody waits for anybody: whoever takes
 * a mark reads totals that were committed with it, and what is committed later has a mark of its own.
 */
export async function markTotals(tx: Tx, changed: readonly AccountPeriod[]): Promise<void> {
  if (changed.length === 0) return;
  const stored = changed.map(({ lane, accountId, period }): StoredAccount => [lane, accountId, period]);
  const marks = Array.from({ length: countMarks(changed) }, (_, at) =>
    stored.slice(at * ACCOUNTS_LIMIT, (at + 1) * ACCOUNTS_LIMIT),
  );
  await prepared(
    tx,
    MARK,
    columnArrays(
      marks,
      () => newId(),
      (mark) => JSON.stringify(mark),
    ),
  );
}

/** How many marks so many accounts and periods need. */
export function countMarks(changed: readonly AccountPeriod[]): number {
  return Math.ceil(changed.length / ACCOUNTS_LIMIT);
}

/** Takes the oldest marks away, at most `limit`: whose totals they name, each once and in order, and how many marks they were. */
export async function takeMarks(tx: Tx, limit: number): Promise<{ count: number; changed: AccountPeriod[] }> {
  const rows = await tx.query<{ accounts: string }>(
    `delete from charging.totals_mark where mark_id = any(array(
       select mark_id from charging.totals_mark order by mark_id limit $1 for update skip locked))
     returning accounts`,
    [limit],
  );
  const changed = new Map(
    rows
      .flatMap(({ accounts }) => JSON.parse(accounts) as StoredAccount[])
      .map(([lane, accountId, period]) => [`${accountId}/${period}`, { lane, accountId, period }]),
  );
  return { count: rows.length, changed: [...changed.values()].sort(inOrder) };
}

function inOrder(a: AccountPeriod, b: AccountPeriod): number {
  if (a.lane !== b.lane) return a.lane - b.lane;
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  return a.period < b.period ? -1 : a.period > b.period ? 1 : 0;
}
