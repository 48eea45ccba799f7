import type { Tx } from '@ronghe/platform';
import { columnArrays } from '../column-arrays';

/** A session that its network function should end. */
export interface SessionToCut {
  lane: number;
  sessionId: string;
  notifyUri: string;
}

/** Open sessions that hold nothing any more, of accounts that owe for what they used beyond their money. */
const TO_CUT = `from charging.session s
  join charging.money_bucket b on b.lane = s.lane and b.account_id = s.account_id and b.overrun > 0
  where s.state = 'open' and s.reserved = '[]'::jsonb`;

/** Those of all accounts whose network functions want to be told and have not been, by lane and id. */
export async function findSessionsToCut(
  tx: Tx,
  after: Pick<SessionToCut, 'lane' | 'sessionId'> | null,
  limit: number,
): Promise<SessionToCut[]> {
  const rows = await tx.query<{ lane: number; session_id: string; notify_uri: string }>(
    `select s.lane, s.session_id, s.notify_uri ${TO_CUT} and s.notify_uri is not null and s.cut_at is null
       and s.lane between 0 and 1023 and b.lane between 0 and 1023 and (s.lane, s.session_id) > ($1::smallint, $2::uuid)
     order by s.lane, s.session_id limit $3`,
    [after?.lane ?? -1, after?.sessionId ?? LOWEST_ID, limit],
  );
  return rows.map((row) => ({ lane: row.lane, sessionId: row.session_id, notifyUri: row.notify_uri }));
}

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/** Those of an account, whether or not somebody was told; oldest first, at most `limit`. */
export async function findSessionsToCutOf(
  tx: Tx,
  account: { lane: number; accountId: string },
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ session_id: string }>(
    `select s.session_id ${TO_CUT} and s.lane = $1 and b.lane = $1 and s.account_id = $2 order by s.session_id limit $3`,
    [account.lane, account.accountId, limit],
  );
  return rows.map((row) => row.session_id);
}

/** Remembers that network functions were told. */
export async function saveCut(tx: Tx, sessions: readonly SessionToCut[]): Promise<void> {
  if (sessions.length === 0) return;
  await tx.execute(
    `update charging.session s set cut_at = $3 from unnest($1::smallint[], $2::uuid[]) as cut (lane, session_id)
     where s.lane = cut.lane and s.session_id = cut.session_id`,
    [
      ...columnArrays(
        sessions,
        (session) => session.lane,
        (session) => session.sessionId,
      ),
      tx.now,
    ],
  );
}
