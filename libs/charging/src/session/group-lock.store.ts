import { prepared, type Statement, type Tx } from '@ronghe/platform';
import {
  groupPeriodId,
  type GroupPeriod,
  type GroupPeriodKey,
  type StoredBucket,
} from '../balance/group-period';
import { GROUP_COLUMNS, groupFromRow, keyArrays, type GroupRow } from '../balance/group-period.store';
import { allEnded } from './all-ended';
import type { BoundedMemory } from './bounded-memory';
import { readBuckets } from './group-bucket.store';

/** Without the text of its buckets, which are read by their rows here. */
const ROW = `(select row_to_json(stored) from (select ${GROUP_COLUMNS}) as stored)`;

/**
 * Locks rows; one comes whole only where it is asked for (its version is not null) and not the one that is remembered.
 */
const GROUPS: Statement = {
  name: 'charging-lock-groups',
  text: `select g.card_group_id, g.period, g.xmin::text as version,
      case when g.xmin::text <> wanted.version then ${ROW} end as row
    from charging.group_period g
    join unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[]) as wanted (lane, card_group_id, period, version)
      using (lane, card_group_id, period)
    order by g.period, g.lane, g.card_group_id for update of g`,
};

/** Rows as they stand, without a lock. */
const READ_GROUPS: Statement = {
  name: 'charging-read-groups',
  text: `select g.card_group_id, g.period, g.xmin::text as version, ${ROW} as row
    from charging.group_period g
    join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, period)
      using (lane, card_group_id, period)`,
};

/** No row has this version. */
const NO_VERSION = '';

type GroupJson = Omit<GroupRow, 'last_used_at'> & { last_used_at: string | null };

interface LockedRow {
  card_group_id: string;
  period: string;
  version: string;
  row: GroupJson | null;
}

/** A card group and period with its buckets as it is remembered, while its row has this xmin: who writes buckets writes it too. */
export interface KnownGroup {
  group: GroupPeriod;
  version: string;
}

/**
 * Card groups' periods with their buckets, locked in the order of `compareKeys`; those that are not open are left out. What is
 * remembered of them counts where the rows are still the same. Whoever writes buckets locks their group's row first; buckets
 * are read behind the lock and so as they were committed before it was had.
 * @param following periods that only need to be locked with them, so that they can be marked
 */
export async function lockGroupPeriods(
  tx: Tx,
  keys: readonly GroupPeriodKey[],
  following: readonly GroupPeriodKey[],
  memory: BoundedMemory<KnownGroup>,
): Promise<GroupPeriod[]> {
  if (keys.length === 0) return [];
  const known = new Map<string, KnownGroup>();
  for (const key of keys) {
    const found = memory.find(groupPeriodId(key));
    if (found) known.set(groupPeriodId(key), found);
  }
  const [locked, read] = await allEnded([
    lockRows(tx, keys, following, known),
    readBuckets(
      tx,
      keys.filter((key) => !known.has(groupPeriodId(key))),
    ),
  ]);
  const changed = new Set(locked.flatMap((each) => (each.row ? groupPeriodId(keyOfRow(each)) : [])));
  const stale = keys.filter((key) => known.has(groupPeriodId(key)) && changed.has(groupPeriodId(key)));
  for (const [id, buckets] of await readBuckets(tx, stale)) read.set(id, buckets);
  const wanted = new Set(keys.map(groupPeriodId));
  return locked.flatMap((row) => {
    const id = groupPeriodId(keyOfRow(row));
    if (!wanted.has(id)) return [];
    const before = known.get(id);
    const now = knownFrom(row, before, read.get(id));
    if (!now) return [];
    if (now !== before) memory.keep(id, now);
    return now.group;
  });
}

/**
 * Remembers card groups' periods that are not remembered yet, where they are open. Nothing is locked, so buckets may be newer than
 * their group's row, never older: it is read first, and is another one by the time that somebody compares it.
 */
export async function knowGroups(
  tx: Tx,
  keys: readonly GroupPeriodKey[],
  memory: BoundedMemory<KnownGroup>,
): Promise<void> {
  const missing = keys.filter((key) => !memory.peek(groupPeriodId(key)));
  if (missing.length === 0) return;
  const [rows, read] = await allEnded([
    prepared<LockedRow>(tx, READ_GROUPS, keyArrays(missing)),
    readBuckets(tx, missing),
  ]);
  for (const row of rows) {
    const id = groupPeriodId(keyOfRow(row));
    const known = knownFrom(row, undefined, read.get(id));
    // A batch that has read it meanwhile knows more.
    if (known && !memory.peek(id)) memory.keep(id, known);
  }
}

/** A group as it is remembered, or from what had to be read because it is not so any more. */
function knownFrom(
  { version, row }: LockedRow,
  before: KnownGroup | undefined,
  buckets: StoredBucket[] | undefined,
): KnownGroup | undefined {
  if (!row) return before;
  const stored = { ...row, last_used_at: row.last_used_at === null ? null : new Date(row.last_used_at) };
  return { group: groupFromRow(stored, buckets ?? []), version };
}

function keyOfRow(row: {
  card_group_id: string;
  period: string;
}): Pick<GroupPeriodKey, 'cardGroupId' | 'period'> {
  return { cardGroupId: row.card_group_id, period: row.period };
}

function lockRows(
  tx: Tx,
  keys: readonly GroupPeriodKey[],
  following: readonly GroupPeriodKey[],
  known: ReadonlyMap<string, KnownGroup>,
): Promise<LockedRow[]> {
  const wanted = new Set(keys.map(groupPeriodId));
  const others = following.filter((key) => !wanted.has(groupPeriodId(key)));
  return prepared<LockedRow>(tx, GROUPS, [
    ...keyArrays([...keys, ...others]),
    [...keys.map((key) => known.get(groupPeriodId(key))?.version ?? NO_VERSION), ...others.map(() => null)],
  ]);
}
