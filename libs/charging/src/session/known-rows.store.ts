import {
  arrayOf,
  binaryArrays,
  binaryRows,
  smallints,
  texts,
  uuids,
  xidLists,
  xids,
  type BinaryColumn,
} from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { GroupPeriodKey } from '../balance/group-period';
import { keyArrays } from '../balance/group-period.store';
import type { KnownSession } from './batch-read.store';
import type { BatchWrites } from './batch-state';
import type { KnownGroup } from './group-lock.store';
import type { KnownHolders } from './holder-read.store';
import type { KnownAccount } from './online-account';

/**
 * Has PostgreSQL compare what a batch was decided on from memory with what is stored. Nobody looks at what comes back before the
 * batch has been committed: what is not as it is remembered divides by zero, which fails the transaction, and the batch is
 * run again on what it reads. Rows that the batch writes are compared by the statements that write them (batch-write), in the order
 * of all locks; where it only looked at some, all are locked in that order first.
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
  text: `select 1 / (count(version) = cardinality(array_remove($4::xid[], null)))::integer from (
      select wanted.version from charging.group_period g
      join unnest($1::smallint[], $2::uuid[], $3::text[], $4::xid[]) as wanted (lane, card_group_id, period, version)
        using (lane, card_group_id, period)
      where wanted.version is null or g.xmin = wanted.version order by g.period, g.lane, g.card_group_id for update of g) as locked`,
};

/** Holders of numbers, and accounts, for which no row speaks that the batch writes. */
const OTHERS: Statement = {
  name: 'charging-known-others',
  text: `select 1 / (cardinality($1::charging.known_holder_row[]) + cardinality($2::uuid[]) =
      (select count(*) from unnest($1::charging.known_holder_row[]) as wanted
        where wanted.versions = array(select xmin from charging.number_holder
          where number = wanted.number order by product_id)) +
      (select count(*) from unnest($2::uuid[], $3::xid[]) as wanted (account_id, version)
        join charging.account a using (account_id) where a.xmin = wanted.version))::integer`,
};

/** What a batch was decided on, as it is remembered. */
export interface KnownRows {
  /** By number, those for which no account speaks. */
  holders: ReadonlyMap<string, KnownHolders>;
  sessions: ReadonlyMap<string, KnownSession>;
  accounts: ReadonlyMap<string, KnownAccount>;
  groups: ReadonlyMap<string, KnownGroup>;
  /** Periods that only need to be locked with the groups, so that they can be marked. */
  following: ReadonlyMap<string, GroupPeriodKey>;
}

/**
 * Where a batch only looked at some sessions, locks all of its sessions in their order and compares them; it fails, and the
 * transaction with it, where any is not as it is remembered. Otherwise writing them does.
 */
export function lockSessionsLookedAt(
  tx: Tx,
  { sessions }: KnownRows,
  writes: Pick<BatchWrites, 'sessions'>,
): Promise<unknown> {
  if (writes.sessions.length === sessions.size) return nothing;
  return prepared(tx, SESSIONS, binaryArrays([...sessions.values()], ...sessionColumns));
}

/** The same of card groups' periods, and with them the periods into which something may go over. */
export function lockGroupsLookedAt(
  tx: Tx,
  { groups, following }: KnownRows,
  writes: Pick<BatchWrites, 'groups'>,
): Promise<unknown> {
  const others = [...following].flatMap(([id, key]) => (groups.has(id) ? [] : [key]));
  if (writes.groups.length === groups.size && others.length === 0) return nothing;
  const known = [...groups.values()];
  return prepared(tx, GROUPS, [
    ...keyArrays([...known.map(({ group }) => group), ...others]),
    arrayOf([...known.map(({ version }) => version), ...others.map(() => null)]),
  ]);
}

/**
 * Compares holders of numbers, and the accounts that are not compared where their card groups are written
 * (`updateGroups`): mostly there are none.
 */
export function compareOthers(
  tx: Tx,
  { holders, accounts }: KnownRows,
  writes: Pick<BatchWrites, 'groups'>,
): Promise<unknown> {
  const compared = new Set(writes.groups.map(({ after }) => after.accountId));
  const others = [...accounts].filter(([id]) => !compared.has(id));
  if (others.length === 0 && holders.size === 0) return nothing;
  return prepared(tx, OTHERS, [
    binaryRows([...holders], holderColumns),
    ...binaryArrays(others, ...accountColumns),
  ]);
}

const nothing = Promise.resolve();

type Known<K extends keyof KnownRows> =
  KnownRows[K] extends ReadonlyMap<string, infer V> ? [string, V] : never;

/** In the order of charging.known_holder_row. */
const holderColumns: readonly BinaryColumn<Known<'holders'>>[] = [
  texts(([number]) => number),
  xidLists(([, { rowVersions }]) => rowVersions),
];

const accountColumns: readonly BinaryColumn<Known<'accounts'>>[] = [
  uuids(([accountId]) => accountId),
  xids(([, { version }]) => version),
];

const sessionColumns: readonly BinaryColumn<KnownSession>[] = [
  smallints(({ session }) => session.lane),
  uuids(({ session }) => session.sessionId),
  xids(({ version }) => version),
];
