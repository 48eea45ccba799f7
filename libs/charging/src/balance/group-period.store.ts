import {
  binaryArrays,
  columnArrays,
  instantFromDate,
  newId,
  smallints,
  texts,
  uuids,
  type BinaryColumn,
} from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { BucketState } from '@ronghe/rating';
import { usesOfChanges } from '../notice/notice';
import { raiseAllowanceNotices } from '../notice/notice.store';
import { spentFromJson, type SpentJson } from '../spend-cap/spent';
import { groupTotalsFromJson } from '../usage/group-totals';
import { countersFromJson, holdsFromText, type CounterJson } from './counter-json';
import { findBuckets, saveBuckets, type BucketOwner } from './bucket.store';
import type { GroupPeriodChange } from './group-change';
import { groupPeriodId, type GroupPeriod, type GroupPeriodKey, type StoredBucket } from './group-period';
import { saveGroupsOfBuckets } from './group-state.store';
import { withMoves } from './online-moves';

export interface GroupRow extends GroupStateRow {
  lane: number;
  card_group_id: string;
  period: string;
  account_id: string;
}

/** A group's row without its place. */
export interface GroupStateRow {
  counters: Record<string, CounterJson>;
  last_late: boolean | null;
  last_used_at: Date | null;
  last_source: string | null;
  last_record_id: string | null;
  needs_rerate: boolean;
  spent: SpentJson | null;
  totals: string | null;
  moves: string | null;
  counter_holds: string | null;
}

/** Of `charging.group_period g`. Not the text of its buckets, which is for who comes online for the first time. */
export const GROUP_COLUMNS = `g.lane, g.card_group_id, g.period, g.account_id, g.counters, g.last_late, g.last_used_at,
  g.last_source, g.last_record_id, g.needs_rerate, g.spent, g.totals, g.moves, g.counter_holds`;

const keyColumns: readonly BinaryColumn<GroupPeriodKey>[] = [
  smallints((key) => key.lane),
  uuids((key) => key.cardGroupId),
  texts((key) => key.period),
];
const KEYS = `unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, period)`;

const FIND_GROUPS: Statement = {
  name: 'charging-find-groups',
  text: `select ${GROUP_COLUMNS} from charging.group_period g join ${KEYS} using (lane, card_group_id, period)
     order by g.period, g.lane, g.card_group_id`,
};

const FIND_UNOPENED: Statement = {
  name: 'charging-find-unopened',
  text: `select wanted.card_group_id, wanted.period from ${KEYS} where not exists (
       select from charging.group_period g
       where (g.lane, g.card_group_id, g.period) = (wanted.lane, wanted.card_group_id, wanted.period))`,
};

const LOCK_GROUPS: Statement = {
  name: 'charging-find-groups-locked',
  text: `${FIND_GROUPS.text} for update of g`,
};

/**
 * Card groups' periods with their buckets, each once; those that are not open are left out. With `lock` the rows are locked until
 * the transaction ends, in the order of `compareKeys`.
 */
export async function findGroupPeriods(
  tx: Tx,
  wanted: readonly GroupPeriodKey[],
  options: { lock: boolean } = { lock: false },
): Promise<GroupPeriod[]> {
  if (wanted.length === 0) return [];
  const keys = [...new Map(wanted.map((key) => [groupPeriodId(key), key])).values()];
  const rows = await prepared<GroupRow>(tx, options.lock ? LOCK_GROUPS : FIND_GROUPS, keyArrays(keys));
  const buckets = await findBuckets(tx, keys);
  return rows.map((row) => {
    const id = groupPeriodId({ cardGroupId: row.card_group_id, period: row.period });
    return groupFromRow(row, buckets.get(id) ?? []);
  });
}

/** Those of the periods that are not open, each once. */
export async function findUnopened<K extends GroupPeriodKey>(tx: Tx, keys: readonly K[]): Promise<K[]> {
  if (keys.length === 0) return [];
  const rows = await prepared<{ card_group_id: string; period: string }>(tx, FIND_UNOPENED, keyArrays(keys));
  const unopened = new Set(
    rows.map((row) => groupPeriodId({ cardGroupId: row.card_group_id, period: row.period })),
  );
  return unopened.size === 0 ? [] : keys.filter((key) => unopened.has(groupPeriodId(key)));
}

/** Spending is counted from the beginning where somebody caps it: the account's own, or one that a policy ever said. */
const COUNTED = `case when exists (select from charging.account a where a.account_id = new.account_id and a.caps_spending)
    or (select count(*) > 0 from charging.policy
        where kind = 'online-charging' and jsonb_typeof(document->'spendCap') = 'object')
  then '{}'::jsonb end`;

/** Opens periods that are not open yet and returns those that this transaction opened, with how their spending is counted. */
export async function insertGroupPeriods(
  tx: Tx,
  groups: readonly (GroupPeriodKey & { accountId: string })[],
): Promise<Map<string, Pick<GroupPeriod, 'spent'>>> {
  if (groups.length === 0) return new Map();
  const rows = await tx.query<Pick<GroupRow, 'card_group_id' | 'period' | 'spent'>>(
    `insert into charging.group_period (lane, card_group_id, period, account_id, counters, needs_rerate, spent)
     select new.*, '{}'::jsonb, false, ${COUNTED}
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::uuid[]) as new (lane, card_group_id, period, account_id)
     on conflict do nothing returning card_group_id, period, spent`,
    [...keyArrays(groups), groups.map((group) => group.accountId)],
  );
  return new Map(
    rows.map((row) => [
      groupPeriodId({ cardGroupId: row.card_group_id, period: row.period }),
      row.spent ? { spent: spentFromJson(row.spent) } : {},
    ]),
  );
}

/** Writes buckets, states and entries of groups that are locked, or new. `reference` names the entries' cause: a file, an order. */
export async function saveGroupPeriods(
  tx: Tx,
  changes: readonly GroupPeriodChange[],
  reference: string,
): Promise<void> {
  if (changes.length === 0) return;
  await saveBuckets(tx, changes.flatMap(bucketWrites));
  await saveGroupsOfBuckets(
    tx,
    changes.map((change) => change.group),
  );
  await saveEntries(tx, changes, reference);
  await raiseAllowanceNotices(tx, usesOfChanges(changes));
}

/** Marks periods, where they are open, to be rated again. */
export async function markForRerate(tx: Tx, keys: readonly GroupPeriodKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.execute(
    `update charging.group_period g set needs_rerate = true from ${KEYS}
     where (g.lane, g.card_group_id, g.period) = (wanted.lane, wanted.card_group_id, wanted.period) and not g.needs_rerate`,
    keyArrays(keys),
  );
}

/** The newest open period of each card group, by card group id. */
export async function findNewestPeriods(
  tx: Tx,
  groups: readonly GroupPeriodKey[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ card_group_id: string; period: string }>(
    `select card_group_id, max(period) as period from charging.group_period
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, card_group_id) using (lane, card_group_id)
     group by card_group_id`,
    [groups.map((group) => group.lane), groups.map((group) => group.cardGroupId)],
  );
  return new Map(rows.map((row) => [row.card_group_id, row.period]));
}

/**
 * What marked card groups have to wait for: no usage file may be half way, else they would be rated again twice. Where
 * somebody waits for a source to be closed, they are: there may always be a file half way.
 */
const NO_FILE_UNFINISHED = `(not exists (select from charging.usage_file where state in ('received', 'collecting'))
  or exists (select from charging.source_close where closed_at is null))`;

/** Marked periods of a share of the lanes, at most `limit`, in the order of `compareKeys`; none while a file is half way. */
export async function findMarked(
  tx: Tx,
  lanes: { shard: number; of: number },
  limit: number,
): Promise<(GroupPeriodKey & { accountId: string })[]> {
  const rows = await tx.query<Pick<GroupRow, 'lane' | 'card_group_id' | 'period' | 'account_id'>>(
    `select lane, card_group_id, period, account_id from charging.group_period
     where needs_rerate and lane % $1::integer = $2 and ${NO_FILE_UNFINISHED}
     order by period, lane, card_group_id limit $3`,
    [lanes.of, lanes.shard, limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    cardGroupId: row.card_group_id,
    period: row.period,
    accountId: row.account_id,
  }));
}

/** The shares of the lanes in which something is marked and may be rated again now. */
export async function findMarkedShards(tx: Tx, of: number): Promise<number[]> {
  const rows = await tx.query<{ shard: number }>(
    `select distinct lane % $1::integer as shard from charging.group_period where needs_rerate and ${NO_FILE_UNFINISHED}`,
    [of],
  );
  return rows.map((row) => row.shard);
}

/** The parameters of a statement that names keys by `unnest($1::smallint[], $2::uuid[], $3::text[])`. */
export function keyArrays(keys: readonly GroupPeriodKey[]): Buffer[] {
  return binaryArrays(keys, ...keyColumns);
}

function bucketWrites({
  group,
  changedBuckets,
}: GroupPeriodChange): { owner: BucketOwner; bucket: BucketState }[] {
  const ids = new Map(group.buckets.map((bucket) => [bucket.code, bucket.bucketId]));
  return changedBuckets.map((bucket) => ({
    owner: { ...group, bucketId: ids.get(bucket.code) ?? '' },
    bucket,
  }));
}

async function saveEntries(tx: Tx, changes: readonly GroupPeriodChange[], reference: string): Promise<void> {
  const rows = changes.flatMap(({ group, entries }) => {
    const ids = new Map(group.buckets.map((bucket) => [bucket.code, bucket.bucketId]));
    return entries.map((entry) => ({ ...entry, lane: group.lane, bucketId: ids.get(entry.bucketCode) }));
  });
  if (rows.length === 0) return;
  await tx.execute(
    `insert into charging.bucket_entry (lane, bucket_id, entry_id, kind, delta, reference, business_at)
     select *, $6::text, $7::timestamptz from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[])`,
    [
      ...columnArrays(
        rows,
        (row) => row.lane,
        (row) => row.bucketId,
        () => newId(),
        (row) => row.kind,
        (row) => row.delta,
      ),
      reference,
      tx.now,
    ],
  );
}

/** A group and period from its row, and its buckets as their own rows have them. */
export function groupFromRow(row: GroupRow, buckets: readonly StoredBucket[]): GroupPeriod {
  const { lane, card_group_id: cardGroupId, period, account_id: accountId } = row;
  return groupFromState({ lane, cardGroupId, period, accountId }, row, buckets);
}

/** The same of a group whose place is known. */
export function groupFromState(
  place: GroupPeriodKey & { accountId: string },
  row: GroupStateRow,
  buckets: readonly StoredBucket[],
): GroupPeriod {
  const isLate = row.last_late;
  // Each field by its name (`storedBucket`).
  return {
    lane: place.lane,
    cardGroupId: place.cardGroupId,
    period: place.period,
    accountId: place.accountId,
    buckets: withMoves(buckets, row.moves),
    counters: countersFromJson(row.counters),
    lastPlace:
      isLate === null || !row.last_used_at
        ? null
        : {
            isLate,
            usedAt: instantFromDate(row.last_used_at),
            source: row.last_source ?? '',
            recordId: row.last_record_id ?? '',
          },
    needsRerate: row.needs_rerate,
    spent: row.spent ? spentFromJson(row.spent) : undefined,
    totals: row.totals === null ? undefined : groupTotalsFromJson(row.totals, place),
    counterHolds: holdsFromText(row.counter_holds),
  };
}
