import { amountFromMicro, columnArrays, instantFromDate, instantFromMs } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { counterFromJson, type CounterJson } from '../balance/counter-json';
import type { RefusedCreate } from './batch-state';
import type { BoundedMemory } from './bounded-memory';
import {
  ACCOUNT_COLUMNS,
  accountFromRow,
  knownAccountFromRow,
  type AccountColumns,
  type KnownAccount,
  type OnlineAccount,
} from './online-account';
import {
  laneOfSession,
  type GrantPace,
  type Reservation,
  type Session,
  type SessionLine,
  type SessionState,
} from './session';
import { answersFromText } from './session-answers';

/** What a batch of requests reads, one statement per table. */

const REFUSED: Statement = {
  name: 'charging-refused-creates',
  text: `select request_key, sequence_number, body_hash, status, answer from charging.refused_create
    where request_key = any($1::uuid[])`,
};

/** Creates that were refused before because nobody holds the number, by request key. */
export async function findRefused(
  tx: Tx,
  requestKeys: readonly string[],
): Promise<Map<string, RefusedCreate>> {
  if (requestKeys.length === 0) return new Map();
  const rows = await prepared<{
    request_key: string;
    sequence_number: string;
    body_hash: string;
    status: number;
    answer: string | null;
  }>(tx, REFUSED, [requestKeys]);
  return new Map(
    rows.map((row) => {
      const requestKey = withoutDashes(row.request_key);
      const refused = {
        requestKey,
        sequenceNumber: Number(row.sequence_number),
        bodyHash: withoutDashes(row.body_hash),
        status: row.status,
        body: row.answer,
      };
      return [requestKey, refused];
    }),
  );
}

interface SessionRow extends AccountColumns {
  session_id: string;
  product_id: string;
  card_group_id: string;
  period: string;
  subscriber: string;
  consumer: string;
  charging_id: string | null;
  notify_uri: string | null;
  peer: string | null;
  state: SessionState;
  started_at: Date;
  expires_at: Date;
  /** LineRow[], ReservedRow[], PaceRow[] as JSON. */
  lines: string;
  reserved: string;
  pace: string;
  request_key: string | null;
  created: string | null;
  answers: string;
}

/** A session's row comes whole only where it is not the one that is remembered. */
const SESSIONS: Statement = {
  name: 'charging-sessions',
  text: `select s.session_id, s.account_id, s.lane, s.xmin::text as version, ${ACCOUNT_COLUMNS},
      case when s.xmin::text is distinct from wanted.version then row_to_json(s) end as row
    from charging.session s
    join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, session_id, version) using (lane, session_id)
    join charging.account a on a.account_id = s.account_id
    order by s.lane, s.session_id for update of s`,
};

/** Instants come as JSON has them: `2026-06-01T00:00:00+00:00`. */
type SessionJson = Omit<SessionRow, keyof AccountColumns | 'started_at' | 'expires_at' | 'charging_id'> &
  Pick<SessionRow, 'account_id' | 'lane'> & {
    started_at: string;
    expires_at: string;
    charging_id: number | null;
  };

/** A session as it is remembered: its row while that has this xmin. */
export interface KnownSession {
  session: Session;
  version: string;
}

/** A session with its account. */
export interface SessionOfAccount {
  session: Session;
  account: OnlineAccount;
}

/** Ids of sessions that creates opened, or left behind when they were refused. */
export async function findCreated(
  tx: Tx,
  creates: readonly { lane: number; requestKey: string }[],
): Promise<string[]> {
  if (creates.length === 0) return [];
  const rows = await tx.query<{ session_id: string }>(
    `select s.session_id from charging.session s
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, request_key) using (lane, request_key)`,
    columnArrays(
      creates,
      (create) => create.lane,
      (create) => create.requestKey,
    ),
  );
  return rows.map((row) => row.session_id);
}

/** What is remembered of sessions and their accounts. */
interface Memory {
  sessions: BoundedMemory<KnownSession>;
  accounts: BoundedMemory<KnownAccount>;
}

/** Sessions by id, locked until the transaction ends. */
export async function lockSessions(
  tx: Tx,
  sessionIds: readonly string[],
  memory: Memory,
): Promise<SessionOfAccount[]> {
  const keys = sessionIds.flatMap((sessionId) => {
    const lane = laneOfSession(sessionId);
    return lane === null ? [] : [{ lane, sessionId, known: memory.sessions.find(sessionId) }];
  });
  if (keys.length === 0) return [];
  const columns = columnArrays(
    keys,
    (key) => key.lane,
    (key) => key.sessionId,
    (key) => key.known?.version ?? null,
  );
  const known = new Map(keys.map((key) => [key.sessionId, key.known?.session]));
  const rows = await prepared<
    AccountColumns & { session_id: string; version: string; row: SessionJson | null }
  >(tx, SESSIONS, columns);
  return rows.flatMap(({ session_id: sessionId, version, row, ...columns }) => {
    const session = row ? sessionFromJson(row) : known.get(sessionId);
    if (!session) return [];
    if (row) memory.sessions.keep(sessionId, { session, version });
    const account = knownAccountFromRow(columns);
    memory.accounts.keep(account.account.accountId, account);
    return [{ session, account: account.account }];
  });
}

/**
 * Open sessions of accounts as they stand, by id, so oldest first; of an account those behind an id where one is named. An account's sessions are looked through from the oldest one of all
 * accounts that has a deadline: no older one is open.
 */
export async function findOpenSessions(
  tx: Tx,
  accounts: readonly { lane: number; accountId: string; after?: string | null }[],
  { onlyNotifiable, limit }: { onlyNotifiable: boolean; limit: number },
): Promise<SessionOfAccount[]> {
  const rows = await tx.query<SessionRow>(
    `select s.*, ${ACCOUNT_COLUMNS} from charging.session s
     join unnest($1::smallint[], $2::uuid[], $3::uuid[]) as wanted (lane, account_id, after) using (lane, account_id)
     join charging.account a on a.account_id = s.account_id
     where s.state = 'open' and (wanted.after is null or s.session_id > wanted.after) ${onlyNotifiable ? 'and s.notify_uri is not null' : ''}
       and s.session_id >= (select session_ids[1] from charging.session_deadline order by session_ids[1] limit 1)
     order by s.session_id limit $4`,
    [
      ...columnArrays(
        accounts,
        (account) => account.lane,
        (account) => account.accountId,
        (account) => account.after ?? null,
      ),
      limit,
    ],
  );
  return rows.map((row) => ({ session: sessionFromRow(row), account: accountFromRow(row) }));
}

function sessionFromJson(row: SessionJson): Session {
  return sessionFromRow({
    ...row,
    charging_id: row.charging_id === null ? null : String(row.charging_id),
    started_at: new Date(row.started_at),
    expires_at: new Date(row.expires_at),
  });
}

function sessionFromRow(row: Omit<SessionRow, keyof Omit<AccountColumns, 'account_id' | 'lane'>>): Session {
  return {
    lane: row.lane,
    sessionId: row.session_id,
    requestKey: row.request_key && withoutDashes(row.request_key),
    accountId: row.account_id,
    productId: row.product_id,
    cardGroupId: row.card_group_id,
    period: row.period,
    subscriber: row.subscriber,
    consumer: row.consumer,
    chargingId: row.charging_id === null ? null : Number(row.charging_id),
    notifyUri: row.notify_uri,
    peer: row.peer,
    state: row.state,
    startedAt: instantFromDate(row.started_at),
    expiresAt: instantFromDate(row.expires_at),
    lines: (JSON.parse(row.lines) as LineRow[]).map(lineFromRow),
    reserved: (JSON.parse(row.reserved) as ReservedRow[]).map(reservedFromRow),
    pace: (JSON.parse(row.pace) as PaceRow[]).map((each) => ({
      ...each,
      at: instantFromMs(each.at),
      granted: BigInt(each.granted),
    })),
    answers: answersFromText(row.created, row.answers),
  };
}

/** A line as JSON keeps it. */
interface LineRow extends Omit<SessionLine, 'used' | 'priced'> {
  used: string;
  priced?: { ratingGroup: number; each: string };
}

type ReservedRow = Omit<Reservation, 'units' | 'counted'> & { units: string; counted?: CounterJson };

interface PaceRow extends Omit<GrantPace, 'at' | 'granted'> {
  at: number;
  granted: string;
}

function lineFromRow({ priced, used, ...line }: LineRow): SessionLine {
  return {
    ...line,
    used: BigInt(used),
    ...(priced && { priced: { ...priced, each: amountFromMicro(BigInt(priced.each)) } }),
  };
}

function reservedFromRow({ counted, units, ...held }: ReservedRow): Reservation {
  const reserved: Reservation = { ...held, units: BigInt(units) };
  return counted ? { ...reserved, counted: counterFromJson(counted) } : reserved;
}

function withoutDashes(uuid: string): string {
  return uuid.replaceAll('-', '');
}
