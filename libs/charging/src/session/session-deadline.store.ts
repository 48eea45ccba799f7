import { columnArrays, newId, type Instant } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { Session } from './session';

/**
 * When open sessions are dead unless they are heard of again: a row for all that a batch opened. It stays as it is while its
 * sessions are renewed or end; once its time has come, those that were renewed get a later one. So each open session is in a row
 * whose time is not later than its own, by a second at most.
 */

/** Sessions of a row that stands for renewed ones. */
const ROW_LIMIT = 256;

const DEADLINE: Statement = {
  name: 'charging-insert-deadline',
  text: `insert into charging.session_deadline (expires_at, deadline_id, lanes, session_ids) values ($1, $2, $3, $4)`,
};

const nothing = Promise.resolve();

/** Says when sessions of a batch, which all have the same time, are dead. */
export function insertDeadline(tx: Tx, sessions: readonly Session[]): Promise<unknown> {
  const [first] = sessions;
  if (!first) return nothing;
  // The oldest one is first: no open session of the operator is older than the first one of all rows (findOpenSessions).
  const inOrder = [...sessions].sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
  const columns = columnArrays(
    inOrder,
    ({ lane }) => lane,
    ({ sessionId }) => sessionId,
  );
  return prepared(tx, DEADLINE, [first.expiresAt, newId(), ...columns]);
}

/** Whether the time of any row has come. */
export async function isDeadlineDue(tx: Tx, at: Instant): Promise<boolean> {
  const rows = await tx.query(`select 1 from charging.session_deadline where expires_at <= $1 limit 1`, [at]);
  return rows.length > 0;
}

/** Open sessions of the oldest rows, at most `limit` of these, that are dead at the given system time; and whether more rows are due. */
export async function findDead(
  tx: Tx,
  at: Instant,
  limit: number,
): Promise<{ dead: string[]; isMore: boolean }> {
  const [found] = await tx.query<{ dead: string[]; isMore: boolean }>(
    `with due as (
       select lanes, session_ids from charging.session_deadline where expires_at <= $1
       order by expires_at, deadline_id limit $2)
     select array(select distinct s.session_id::text
         from due cross join unnest(due.lanes, due.session_ids) as each (lane, session_id)
         join charging.session s on s.lane = each.lane and s.session_id = each.session_id
         where s.state = 'open' and s.expires_at <= $1) as dead,
       exists (select from charging.session_deadline where expires_at <= $1 offset $2) as "isMore"`,
    [at, limit],
  );
  return found ?? { dead: [], isMore: false };
}

/** What a sweep found. */
export interface Swept {
  /** Rows whose time had come. */
  deadlines: number;
  /** Their open sessions that are dead, oldest first. They have a row until they have ended. */
  dead: string[];
}

/**
 * Rows whose time has come are replaced by rows for those of their sessions that are still open. Those that are dead in the same
 * second are in one row, so that they are looked at together, and not again and again.
 */
const SWEEP = `
with due as (
  delete from charging.session_deadline where (expires_at, deadline_id) in (
    select expires_at, deadline_id from charging.session_deadline where expires_at <= $1
    order by expires_at, deadline_id limit $2 for update skip locked)
  returning lanes, session_ids),
still_open as (
  select distinct s.lane, s.session_id, s.expires_at
  from due cross join unnest(due.lanes, due.session_ids) as each (lane, session_id)
  join charging.session s on s.lane = each.lane and s.session_id = each.session_id where s.state = 'open'),
numbered as (
  select *, date_trunc('second', expires_at) as second,
    (row_number() over (partition by date_trunc('second', expires_at) order by session_id) - 1) / ${ROW_LIMIT} as part
  from still_open),
kept as (
  insert into charging.session_deadline (expires_at, deadline_id, lanes, session_ids)
  select max(expires_at), gen_random_uuid(), array_agg(lane order by session_id), array_agg(session_id order by session_id)
  from numbered group by second, part)
select (select count(*)::integer from due) as deadlines,
  array(select session_id::text from still_open where expires_at <= $1 order by expires_at) as dead`;

/** Looks at the sessions of rows whose time has come at a system time, at most `limit` rows; others may sweep beside it. */
export async function sweepDeadlines(tx: Tx, at: Instant, limit: number): Promise<Swept> {
  const [swept] = await tx.query<{ deadlines: number; dead: string[] }>(SWEEP, [at, limit]);
  return swept ?? { deadlines: 0, dead: [] };
}
