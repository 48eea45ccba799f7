import type { AccountOpened, UsageClass } from '@ronghe/contracts';
import { instantFromDate, instantFromMs, type BillCycle, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { columnArrays } from '../column-arrays';
import type { NumberHolder } from '../usage/guide';
import { prepared, type Statement } from '../prepared-statement.store';
import { answerId, type StoredAnswer } from './batch-state';
import { laneOfSession, type Reservation, type Session, type SessionState } from './session';

/** What a batch of requests reads, one statement per table. */

const ANSWERS: Statement = {
  name: 'charging-answers',
  text: `select scope, sequence_number, body_hash, session_id, status, answer from charging.session_answer
    join unnest($1::uuid[], $2::bigint[]) as wanted (scope, sequence_number) using (scope, sequence_number)`,
};

/** Answers that were given before, by answerId. */
export async function findAnswers(
  tx: Tx,
  wanted: readonly { scope: string; sequenceNumber: number }[],
): Promise<Map<string, StoredAnswer>> {
  if (wanted.length === 0) return new Map();
  const rows = await prepared<{
    scope: string;
    sequence_number: string;
    body_hash: string;
    session_id: string | null;
    status: number;
    answer: string | null;
  }>(tx, ANSWERS, [wanted.map(({ scope }) => scope), wanted.map(({ sequenceNumber }) => sequenceNumber)]);
  return new Map(
    rows.map((row) => {
      const scope = withoutDashes(row.scope);
      const sequenceNumber = Number(row.sequence_number);
      const answer = {
        scope,
        sequenceNumber,
        bodyHash: withoutDashes(row.body_hash),
        sessionId: row.session_id,
        status: row.status,
        body: row.answer,
      };
      return [answerId(scope, sequenceNumber), answer];
    }),
  );
}

/** An account as online charging needs it before it reads anything else. */
export interface OnlineAccount extends BillCycle {
  accountId: string;
  lane: number;
  paymentMode: AccountOpened['paymentMode'];
  productsVersion: number;
}

interface AccountColumns {
  account_id: string;
  lane: number;
  zone: string;
  bill_day: number;
  payment_mode: AccountOpened['paymentMode'];
  products_version: number;
}

const ACCOUNT_COLUMNS = 'a.zone, a.bill_day, a.payment_mode, a.products_version';

const HOLDERS: Statement = {
  name: 'charging-holders',
  text: `select h.number, h.product_id, h.account_id, h.lane, h.valid_from, h.valid_to, h.is_blocked,
      coalesce(s.owner_card_group_id, l.card_group_id) as card_group_id, ${ACCOUNT_COLUMNS}
    from charging.number_holder h
    join charging.product_locator l on l.product_id = h.product_id
    join charging.account a on a.account_id = h.account_id
    left join charging.sharing s on s.lane = l.lane and s.member_card_group_id = l.card_group_id
      and s.effective_from <= $2 and (s.effective_to is null or s.effective_to > $2)
    where h.number = any($1::text[])`,
};

/** Who held a number, with where his balances lie now: under his card group, or its owner's while it shares. */
export interface OnlineHolder extends NumberHolder {
  cardGroupId: string;
  account: OnlineAccount;
}

/** Everybody who ever held one of the numbers. */
export async function findHolders(tx: Tx, numbers: readonly string[]): Promise<OnlineHolder[]> {
  if (numbers.length === 0) return [];
  const rows = await prepared<
    AccountColumns & {
      number: string;
      product_id: string;
      card_group_id: string;
      valid_from: Date;
      valid_to: Date | null;
      is_blocked: boolean;
    }
  >(tx, HOLDERS, [numbers, tx.now]);
  return rows.map((row) => ({
    number: row.number,
    productId: row.product_id,
    accountId: row.account_id,
    lane: row.lane,
    validFrom: instantFromDate(row.valid_from),
    validTo: row.valid_to && instantFromDate(row.valid_to),
    isBlocked: row.is_blocked,
    cardGroupId: row.card_group_id,
    account: accountFromRow(row),
  }));
}

function accountFromRow(row: AccountColumns): OnlineAccount {
  return {
    accountId: row.account_id,
    lane: row.lane,
    zone: row.zone,
    billDay: row.bill_day,
    paymentMode: row.payment_mode,
    productsVersion: row.products_version,
  };
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
  lines: { usageId: string; usageClass: UsageClass; from: Instant; used: string }[];
  reserved: (Omit<Reservation, 'units'> & { units: string })[];
  pace: { ratingGroup: number; upfId: string; at: number; granted: string }[];
}

const SESSIONS: Statement = {
  name: 'charging-sessions',
  text: `select s.*, ${ACCOUNT_COLUMNS} from charging.session s
    join unnest($1::smallint[], $2::uuid[]) as wanted (lane, session_id) using (lane, session_id)
    join charging.account a on a.account_id = s.account_id
    order by s.lane, s.session_id for update of s`,
};

/** A session with its account. */
export interface SessionOfAccount {
  session: Session;
  account: OnlineAccount;
}

/** Sessions by id, locked until the transaction ends. */
export async function lockSessions(tx: Tx, sessionIds: readonly string[]): Promise<SessionOfAccount[]> {
  const keys = sessionIds.flatMap((sessionId) => {
    const lane = laneOfSession(sessionId);
    return lane === null ? [] : [{ lane, sessionId }];
  });
  if (keys.length === 0) return [];
  const columns = columnArrays(
    keys,
    (key) => key.lane,
    (key) => key.sessionId,
  );
  const rows = await prepared<SessionRow>(tx, SESSIONS, columns);
  return rows.map((row) => ({ session: sessionFromRow(row), account: accountFromRow(row) }));
}

/** Open sessions of accounts as they stand, oldest first. */
export async function findOpenSessions(
  tx: Tx,
  accounts: readonly { lane: number; accountId: string }[],
  { onlyNotifiable, limit }: { onlyNotifiable: boolean; limit: number },
): Promise<SessionOfAccount[]> {
  const rows = await tx.query<SessionRow>(
    `select s.*, ${ACCOUNT_COLUMNS} from charging.session s
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id) using (lane, account_id)
     join charging.account a on a.account_id = s.account_id
     where s.state = 'open' ${onlyNotifiable ? 'and s.notify_uri is not null' : ''}
     order by s.started_at, s.session_id limit $3`,
    [
      ...columnArrays(
        accounts,
        (account) => account.lane,
        (account) => account.accountId,
      ),
      limit,
    ],
  );
  return rows.map((row) => ({ session: sessionFromRow(row), account: accountFromRow(row) }));
}

/** Open sessions that are dead at the given system time, oldest first. */
export async function findExpired(tx: Tx, at: Instant, limit: number): Promise<string[]> {
  const rows = await tx.query<{ session_id: string }>(
    `select session_id from charging.session where state = 'open' and expires_at <= $1 order by expires_at limit $2`,
    [at, limit],
  );
  return rows.map((row) => row.session_id);
}

function sessionFromRow(row: SessionRow): Session {
  return {
    lane: row.lane,
    sessionId: row.session_id,
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
    lines: row.lines.map((line) => ({ ...line, used: BigInt(line.used) })),
    reserved: row.reserved.map((held) => ({ ...held, units: BigInt(held.units) })),
    pace: row.pace.map((each) => ({ ...each, at: instantFromMs(each.at), granted: BigInt(each.granted) })),
  };
}

function withoutDashes(uuid: string): string {
  return uuid.replaceAll('-', '');
}
