import { arrayOf, columnArrays } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { GroupPeriodKey } from '../balance/group-period';
import { keyArrays } from '../balance/group-period.store';
import { allEnded } from './all-ended';
import type { KnownSession } from './batch-read.store';
import type { KnownGroup } from './group-lock.store';
import type { KnownHolders } from './holder-read.store';
import type { KnownAccount } from './online-account';

/**
 * Locks what a batch was decided on from memory, and has PostgreSQL compare it with what is stored. The writes stand behind it in
 * the same round: nobody looks at what comes back before they are carried out. So what is not as it is remembered divides by
 * zero, which fails the transaction, and the batch is run again on what it reads.
 */

/** Locked in the order of all sessions; one that has gone or changed is missing from the count. */
const SESSIONS: Statement = {
  name: 'charging-known-sessions',
  text: `select 1 / (count(*) = cardinality($1::smallint[]))::integer from (
      select from charging.session s
      join unnest($1::smallint[], $2::uuid[], $3::xid[]) as wanted (lane, session_id, version) using (lane, session_id)
      where s.xmin = wanted.version order by s.lane, s.session_id for update of s) as locked`,
};

/** The same of card groups' periods, in their order; those without a version are locked where they are there. */
const GROUPS: Statement = {
  name: 'charging-known-groups',
  text: `select pg_current_xact_id()::xid::text as number,
      1 / (count(version) = cardinality(array_remove($4::xid[], null)))::integer as same from (
      select wanted.version from charging.group_period g
      join unnest($1::smallint[], $2::uuid[], $3::text[], $4::xid[]) as wanted (lane, card_group_id, period, version)
        using (lane, card_group_id, period)
      where wanted.version is null or g.xmin = wanted.version order by g.period, g.lane, g.card_group_id for update of g) as locked`,
};

/** Behind the locks, in a snapshot of its own: buckets of card groups, holders of numbers, accounts. */
const OTHERS: Statement = {
  name: 'charging-known-others',
  text: `select 1 / (cardinality($1::smallint[]) + cardinality($5::text[]) + cardinality($7::uuid[]) =
      (select count(*) from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[])
          as wanted (lane, card_group_id, period, versions)
        where wanted.versions::xid[] = array(select xmin from charging.bucket
          where lane = wanted.lane and card_group_id = wanted.card_group_id and period = wanted.period
          order by code)) +
      (select count(*) from unnest($5::text[], $6::text[]) as wanted (number, versions)
        where wanted.versions::xid[] = array(select xmin from charging.number_holder
          where number = wanted.number order by product_id)) +
      (select count(*) from unnest($7::uuid[], $8::xid[]) as wanted (account_id, version)
        join charging.account a using (account_id) where a.xmin = wanted.version))::integer`,
};

/** What a batch was decided on, as it is remembered. */
export interface KnownRows {
  /** By number. */
  holders: ReadonlyMap<string, KnownHolders>;
  sessions: ReadonlyMap<string, KnownSession>;
  accounts: ReadonlyMap<string, KnownAccount>;
  groups: ReadonlyMap<string, KnownGroup>;
  /** Periods that only need to be locked with the groups, so that they can be marked. */
  following: ReadonlyMap<string, GroupPeriodKey>;
}

/**
 * Locks the rows; it fails, and the transaction with it, where any is not as it is remembered.
 * @returns the number of the transaction: the xmin of the rows that it writes
 */
export async function lockKnown(tx: Tx, rows: KnownRows): Promise<string> {
  const { holders, sessions, accounts, groups } = rows;
  const others = [...rows.following].flatMap(([id, key]) => (groups.has(id) ? [] : [key]));
  const known = [...groups.values()];
  const groupKeys = keyArrays(known.map(({ group }) => group));
  const [, [locked]] = await allEnded([
    sessions.size > 0 ? prepared(tx, SESSIONS, sessionArrays([...sessions.values()])) : undefined,
    prepared<{ number: string }>(tx, GROUPS, [
      ...keyArrays([...known.map(({ group }) => group), ...others]),
      arrayOf([...known.map(({ version }) => version), ...others.map(() => null)]),
    ]),
    prepared(tx, OTHERS, [
      ...groupKeys,
      arrayOf(known.map(({ bucketVersions }) => `{${bucketVersions.join()}}`)),
      arrayOf([...holders.keys()]),
      arrayOf([...holders.values()].map(({ rowVersions }) => `{${rowVersions.join()}}`)),
      arrayOf([...accounts.keys()]),
      arrayOf([...accounts.values()].map(({ version }) => version)),
    ]),
  ]);
  return locked?.number ?? '';
}

function sessionArrays(sessions: readonly KnownSession[]): string[] {
  return columnArrays(
    sessions,
    ({ session }) => session.lane,
    ({ session }) => session.sessionId,
    ({ version }) => version,
  );
}
