import { binaryArrays, newId, texts, uuids } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { AccountPeriod } from './usage-totals';

/** Accounts and periods that a mark names at most: what one transaction publishes. */
const ACCOUNTS_LIMIT = 250;

/** As it is stored: a mark is read as a whole, and by nobody else. */
type StoredAccount = [lane: number, accountId: string, period: string];

const MARK: Statement = {
  name: 'charging-mark-totals',
  text: `insert into charging.totals_mark (mark_id, accounts, period_from)
     select * from unnest($1::uuid[], $2::text[], $3::text[])`,
};

/**
 * Says with the change itself whose totals are to be published: a row for a whole batch. Nobody waits for anybody: whoever takes
 * a mark reads totals that were committed with it, and what is committed later has a mark of its own.
 */
export async function markTotals(tx: Tx, changed: readonly AccountPeriod[]): Promise<void> {
  await insertMarks(tx, changed, ACCOUNTS_LIMIT);
}

/** Has what could not be published together published each by itself: what is wrong with one holds up no other. */
export async function splitMark(tx: Tx, markId: string): Promise<string[]> {
  const { changed } = await takeMark(tx, markId);
  return insertMarks(tx, changed, 1);
}

async function insertMarks(tx: Tx, changed: readonly AccountPeriod[], size: number): Promise<string[]> {
  if (changed.length === 0) return [];
  const stored = changed.map(({ lane, accountId, period }): StoredAccount => [lane, accountId, period]);
  const marks = Array.from({ length: Math.ceil(stored.length / size) }, (_, at) => ({
    markId: newId(),
    accounts: stored.slice(at * size, (at + 1) * size),
  }));
  await prepared(
    tx,
    MARK,
    binaryArrays(
      marks,
      uuids(({ markId }) => markId),
      texts(({ accounts }) => JSON.stringify(accounts)),
      texts(({ accounts }) => accounts.map(([, , period]) => period).sort()[0]),
    ),
  );
  return marks.map(({ markId }) => markId);
}

/** What marks named, and how many they were. */
interface Taken {
  count: number;
  /** Each once and in order. */
  changed: AccountPeriod[];
}

/** Takes the oldest marks away, at most `limit`. */
export async function takeMarks(tx: Tx, limit: number): Promise<Taken> {
  const rows = await tx.query<{ accounts: string }>(
    `delete from charging.totals_mark where mark_id = any(array(
       select mark_id from charging.totals_mark order by mark_id limit $1 for update skip locked))
     returning accounts`,
    [limit],
  );
  return takenOf(rows);
}

/** Puts the oldest marks together, at most `limit`. @returns the marks that stand for them now, the oldest first */
export async function gatherMarks(tx: Tx, limit: number): Promise<string[]> {
  const { changed } = await takeMarks(tx, limit);
  return insertMarks(tx, changed, ACCOUNTS_LIMIT);
}

/** Takes one mark away; nothing when somebody else has taken it. */
export async function takeMark(tx: Tx, markId: string): Promise<Taken> {
  return takenOf(
    await tx.query<{ accounts: string }>(
      `delete from charging.totals_mark where mark_id = $1 returning accounts`,
      [markId],
    ),
  );
}

function takenOf(rows: readonly { accounts: string }[]): Taken {
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
