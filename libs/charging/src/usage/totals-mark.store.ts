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
  return insertMarks(tx, await takeMark(tx, markId), 1);
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

/**
 * Puts marks together without reading them: there are tens of thousands of accounts in them. They keep the
 * order of the marks, so that nobody waits for ever where several processes put each other's marks together again.
 */
const GATHER: Statement = {
  name: 'charging-gather-marks',
  text: `with taken as (
       delete from charging.totals_mark where mark_id = any(array(
         select mark_id from charging.totals_mark where mark_id < $4 order by mark_id limit $1
         for update skip locked))
       returning mark_id, accounts),
     named as (select (each ->> 0)::smallint as lane, each ->> 1 as account_id, each ->> 2 as period, min(mark_id::text) as since
       from taken cross join json_array_elements(accounts::json) as each group by 1, 2, 3),
     numbered as (select *, (row_number() over (order by since, lane, account_id, period) - 1) / $2 as part from named),
     gathered as (insert into charging.totals_mark (mark_id, accounts, period_from)
       select ($3::uuid[])[part + 1], json_agg(json_build_array(lane, account_id, period) order by lane, account_id, period)::text,
         min(period)
       from numbered group by part returning mark_id)
     select (select count(*)::integer from taken) as count, array(select mark_id::text from gathered order by mark_id) as marks`,
};

/**
 * Puts the oldest marks together, at most `limit` of those made before a new id.
 * @returns how many they were, and those that stand for them now, the oldest first
 */
export async function gatherMarks(
  tx: Tx,
  before: string,
  limit: number,
): Promise<{ count: number; marks: string[] }> {
  // No mark names more accounts than those that stand for it.
  const ids = Array.from({ length: limit }, () => newId());
  const values = [limit, ACCOUNTS_LIMIT, ids, before];
  const [row] = await prepared<{ count: number; marks: string[] }>(tx, GATHER, values);
  return row ?? { count: 0, marks: [] };
}

/** Takes one mark away. @returns what it names, each once and in order; nothing when somebody else has taken it */
export async function takeMark(tx: Tx, markId: string): Promise<AccountPeriod[]> {
  const rows = await tx.query<{ accounts: string }>(
    `delete from charging.totals_mark where mark_id = $1 returning accounts`,
    [markId],
  );
  const changed = new Map(
    rows
      .flatMap(({ accounts }) => JSON.parse(accounts) as StoredAccount[])
      .map(([lane, accountId, period]) => [`${accountId}/${period}`, { lane, accountId, period }]),
  );
  return [...changed.values()].sort(inOrder);
}

function inOrder(a: AccountPeriod, b: AccountPeriod): number {
  if (a.lane !== b.lane) return a.lane - b.lane;
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  return a.period < b.period ? -1 : a.period > b.period ? 1 : 0;
}
