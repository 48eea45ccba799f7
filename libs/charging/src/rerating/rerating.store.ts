import { instantFromDate, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { CardGroupKey, Rerating, ReratingScope, ReratingState, ReratingSummary } from './rerating';

interface ReratingRow {
  rerating_id: string;
  state: ReratingState;
  scope: ReratingScope;
  reason: string;
  requested_by: string;
  requested_at: Date;
  finished_at: Date | null;
  groups_total: number;
  groups_done: number;
  working_since: Date | null;
  cursor_lane: number | null;
  cursor_group: string | null;
  documents: string;
}

/** Writes a request whose preview begins. */
export async function insertRerating(
  tx: Tx,
  rerating: Pick<Rerating, 'reratingId' | 'scope' | 'reason' | 'requestedBy'>,
): Promise<void> {
  await tx.execute(
    `insert into charging.rerating (rerating_id, state, scope, reason, requested_by, requested_at, documents)
     values ($1, 'previewing', $2, $3, $4, $5, '')`,
    [rerating.reratingId, JSON.stringify(rerating.scope), rerating.reason, rerating.requestedBy, tx.now],
  );
}

/** One request; undefined when there is none. With `lock` it stays as it is until the transaction ends. */
export async function findRerating(
  tx: Tx,
  reratingId: string,
  options: { lock: boolean } = { lock: false },
): Promise<Rerating | undefined> {
  const [row] = await tx.query<ReratingRow>(
    `select * from charging.rerating where rerating_id = $1 ${options.lock ? 'for update' : ''}`,
    [reratingId],
  );
  return row && reratingFromRow(row);
}

/** Requests, newest first. */
export async function findReratingPage(
  tx: Tx,
  page: { after: string | null; limit: number },
): Promise<Rerating[]> {
  const rows = await tx.query<ReratingRow>(
    `select * from charging.rerating where $1::uuid is null or rerating_id < $1
     order by rerating_id desc limit $2`,
    [page.after, page.limit],
  );
  return rows.map(reratingFromRow);
}

/** The requests in a state that some worker has to go on with. */
export async function findReratingsIn(tx: Tx, state: 'previewing' | 'applying'): Promise<string[]> {
  const rows = await tx.query<{ rerating_id: string }>(
    `select rerating_id from charging.rerating where state = $1 order by rerating_id`,
    [state],
  );
  return rows.map((row) => row.rerating_id);
}

/** Begins a step: from its first card group, with as many to do. */
export async function beginStep(
  tx: Tx,
  reratingId: string,
  step: { state: ReratingState; total: number; documents: string; since: Instant },
): Promise<void> {
  await tx.execute(
    `update charging.rerating set state = $2, groups_total = $3, groups_done = 0, documents = $4, working_since = $5,
       cursor_lane = null, cursor_group = null, finished_at = null where rerating_id = $1`,
    [reratingId, step.state, step.total, step.documents, step.since],
  );
}

/** Puts a preview back to its beginning, as if it had just been asked for. */
export async function resetPreview(tx: Tx, reratingId: string): Promise<void> {
  await tx.execute(
    `update charging.rerating set state = 'previewing', groups_total = 0, groups_done = 0, working_since = null,
       cursor_lane = null, cursor_group = null, finished_at = null where rerating_id = $1`,
    [reratingId],
  );
}

/** Moves the cursor behind a batch. False when another worker moved it, or the step has ended: then nothing may be written. */
export async function advance(
  tx: Tx,
  { reratingId, state, cursor }: Pick<Rerating, 'reratingId' | 'state' | 'cursor'>,
  batch: { last: CardGroupKey; groups: number },
): Promise<boolean> {
  const touched = await tx.execute(
    `update charging.rerating set cursor_lane = $5, cursor_group = $6, groups_done = groups_done + $7
     where rerating_id = $1 and state = $2
       and (cursor_lane, cursor_group) is not distinct from ($3::smallint, $4::uuid)`,
    [
      reratingId,
      state,
      cursor?.lane ?? null,
      cursor?.cardGroupId ?? null,
      batch.last.lane,
      batch.last.cardGroupId,
      batch.groups,
    ],
  );
  return touched > 0;
}

/** Ends a step that is in `from`. */
export async function finishStep(
  tx: Tx,
  reratingId: string,
  { from, to }: { from: ReratingState; to: ReratingState },
): Promise<void> {
  await tx.execute(
    `update charging.rerating set state = $3, finished_at = $4 where rerating_id = $1 and state = $2`,
    [reratingId, from, to, tx.now],
  );
}

/** Names all offer and policy versions that charging knows: another text, other documents. */
export async function documentsKnown(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ documents: string }>(
    `select md5(string_agg(kind || code || ' ' || version, ',' order by kind, code, version)) as documents from (
       select 'offer ' as kind, code, version from charging.offer
       union all select 'policy ', code, version from charging.policy) as known`,
  );
  return row?.documents ?? '';
}

/** What the changed periods of a request come to. */
export async function summarize(tx: Tx, reratingId: string): Promise<ReratingSummary> {
  const [row] = await tx.query<Record<keyof ReratingSummary, string>>(
    `select count(*) filter (where problem is null) as periods, count(applied_at) as applied,
       count(*) filter (where recomputed) as recomputed, count(problem) as problems,
       count(distinct account_id) filter (where problem is null) as accounts,
       coalesce(sum(events) filter (where problem is null), 0) as events,
       coalesce(sum(changed), 0) as changed, coalesce(sum(amount_before) filter (where problem is null), 0) as before,
       coalesce(sum(amount_after) filter (where problem is null), 0) as after
     from charging.rerating_group where rerating_id = $1`,
    [reratingId],
  );
  const count = (name: keyof ReratingSummary): number => Number(row?.[name] ?? 0);
  return {
    periods: count('periods'),
    applied: count('applied'),
    recomputed: count('recomputed'),
    problems: count('problems'),
    accounts: count('accounts'),
    events: count('events'),
    changed: count('changed'),
    before: BigInt(row?.before ?? 0),
    after: BigInt(row?.after ?? 0),
  };
}

function reratingFromRow(row: ReratingRow): Rerating {
  return {
    reratingId: row.rerating_id,
    scope: row.scope,
    state: row.state,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: instantFromDate(row.requested_at),
    finishedAt: row.finished_at && instantFromDate(row.finished_at),
    progress: {
      total: row.groups_total,
      done: row.groups_done,
      since: row.working_since && instantFromDate(row.working_since),
    },
    cursor:
      row.cursor_lane === null || row.cursor_group === null
        ? null
        : { lane: row.cursor_lane, cardGroupId: row.cursor_group },
    documents: row.documents,
  };
}
