import type { LocalizedText, Rollover, UsageClass, UsageUnit } from '@ronghe/contracts';
import { columnArrays, groupBy, instantFromDate } from '@ronghe/kernel';
import type { Statement, Tx } from '@ronghe/platform';
import type { BucketState, BucketUsers } from '@ronghe/rating';
import { queryRemembering } from '../remembered-rows.adapter';
import { groupPeriodId, type GroupPeriodKey, type PlacedBucket, type StoredBucket } from './group-period';
import { withMoves } from './online-moves';

interface BucketRow {
  lane: number;
  card_group_id: string;
  period: string;
  code: string;
  bucket_id: string;
  product_id: string | null;
  origin: BucketState['origin'];
  label: LocalizedText;
  usage_classes: UsageClass[];
  unit: UsageUnit;
  granted: string;
  remaining: string;
  valid_from: Date;
  valid_to: Date;
  priority: number;
  rollover: Rollover | null;
  rank: 'base' | 'add-on';
  zones: string[] | null;
  bands: string[] | null;
  member_cap: string | null;
  member_used: Record<string, string>;
  owner_product_id: string | null;
  increment: string | null;
  is_blocker: boolean;
  offering_code: string;
  offering_version: number;
  users: BucketUsers | null;
}

/** A bucket's place: its card group and period, its account, and its id. */
export interface BucketOwner extends GroupPeriodKey {
  accountId: string;
  bucketId: string;
}

const FIND_BUCKETS: Statement = {
  name: 'charging-find-buckets',
  text: `select b.* from charging.bucket b
     join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, period)
       using (lane, card_group_id, period)
     order by b.code`,
};

/** The buckets of card groups' periods by groupPeriodId; what online sessions moved of them stands in the groups' rows. */
export async function findBuckets(
  tx: Tx,
  keys: readonly GroupPeriodKey[],
): Promise<Map<string, StoredBucket[]>> {
  const rows = await queryRemembering<BucketRow>(
    tx,
    FIND_BUCKETS,
    columnArrays(
      keys,
      (key) => key.lane,
      (key) => key.cardGroupId,
      (key) => key.period,
    ),
  );
  const groups = groupBy(rows, (row) =>
    groupPeriodId({ cardGroupId: row.card_group_id, period: row.period }),
  );
  return new Map([...groups].map(([id, members]) => [id, members.map(bucketFromRow)]));
}

/** The buckets of accounts in a period each, withdrawn ones left out, by card group and code. */
export async function findBucketsOfAccounts(
  tx: Tx,
  wanted: readonly { lane: number; accountId: string; period: string }[],
): Promise<PlacedBucket[]> {
  const rows = await tx.query<BucketRow & { account_id: string; moves: string | null }>(
    `select b.*, g.moves from charging.bucket b
     join charging.group_period g using (lane, card_group_id, period)
     join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, account_id, period)
       on (b.lane, b.account_id, b.period) = (wanted.lane, wanted.account_id, wanted.period)
     where b.granted > 0 order by b.card_group_id, b.code`,
    columnArrays(
      wanted,
      (each) => each.lane,
      (each) => each.accountId,
      (each) => each.period,
    ),
  );
  return rows.flatMap((row) =>
    withMoves([bucketFromRow(row)], row.moves).map((bucket) => ({
      ...bucket,
      lane: row.lane,
      cardGroupId: row.card_group_id,
      period: row.period,
      accountId: row.account_id,
    })),
  );
}

/**
 * Inserts buckets or brings their own rows to what they shall be. The row of their group and period has to be written in the same
 * transaction: what online sessions hold and took of them stands there, and memories of buckets go by it.
 */
export async function saveBuckets(
  tx: Tx,
  writes: readonly { owner: BucketOwner; bucket: BucketState }[],
): Promise<void> {
  if (writes.length === 0) return;
  await tx.execute(
    `insert into charging.bucket (lane, card_group_id, period, code, bucket_id, account_id, product_id, origin, label,
       usage_classes, unit, granted, remaining, valid_from, valid_to, priority, rollover, offering_code, offering_version,
       rank, zones, bands, member_cap, member_used, owner_product_id, is_blocker, users, increment)
     select lane, card_group_id, period, code, bucket_id, account_id, product_id, origin, label::jsonb,
       string_to_array(usage_classes, ','), unit, granted, remaining, valid_from, valid_to, priority, rollover::jsonb,
       offering_code, offering_version, rank, string_to_array(zones, ','), string_to_array(bands, ','), member_cap,
       member_used::jsonb, owner_product_id, is_blocker, users::jsonb, increment
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::bigint[], $13::bigint[], $14::timestamptz[], $15::timestamptz[],
       $16::integer[], $17::text[], $18::text[], $19::integer[], $20::text[], $21::text[], $22::text[], $23::bigint[],
       $24::text[], $25::uuid[], $26::boolean[], $27::text[], $28::bigint[]) as new (lane, card_group_id, period, code, bucket_id, account_id,
       product_id, origin, label, usage_classes, unit, granted, remaining, valid_from, valid_to, priority, rollover,
       offering_code, offering_version, rank, zones, bands, member_cap, member_used, owner_product_id, is_blocker, users,
       increment)
     on conflict (lane, card_group_id, period, code) do update set granted = excluded.granted,
       remaining = excluded.remaining, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       priority = excluded.priority, product_id = excluded.product_id, rollover = excluded.rollover,
       offering_code = excluded.offering_code, offering_version = excluded.offering_version, origin = excluded.origin,
       rank = excluded.rank, zones = excluded.zones, bands = excluded.bands, member_cap = excluded.member_cap,
       member_used = excluded.member_used, owner_product_id = excluded.owner_product_id,
       is_blocker = excluded.is_blocker, users = excluded.users, increment = excluded.increment`,
    columnArrays(
      writes,
      ({ owner }) => owner.lane,
      ({ owner }) => owner.cardGroupId,
      ({ owner }) => owner.period,
      ({ bucket }) => bucket.code,
      ({ owner }) => owner.bucketId,
      ({ owner }) => owner.accountId,
      ({ bucket }) => bucket.productId,
      ({ bucket }) => bucket.origin,
      ({ bucket }) => JSON.stringify(bucket.label),
      ({ bucket }) => bucket.usageClasses.join(','),
      ({ bucket }) => bucket.unit,
      ({ bucket }) => bucket.quantity,
      ({ bucket }) => bucket.remaining,
      ({ bucket }) => bucket.validFrom,
      ({ bucket }) => bucket.validTo,
      ({ bucket }) => bucket.priority,
      ({ bucket }) => (bucket.rollover ? JSON.stringify(bucket.rollover) : null),
      ({ bucket }) => bucket.offeringCode,
      ({ bucket }) => bucket.offeringVersion,
      ({ bucket }) => bucket.rank ?? 'base',
      ({ bucket }) => bucket.zones?.join(',') ?? null,
      ({ bucket }) => bucket.bands?.join(',') ?? null,
      ({ bucket }) => bucket.memberCap ?? null,
      ({ bucket }) => memberUsedToJson(bucket.memberUsed ?? {}),
      ({ bucket }) => bucket.ownerProductId ?? null,
      ({ bucket }) => bucket.isBlocker ?? false,
      ({ bucket }) => (bucket.users ? JSON.stringify(bucket.users) : null),
      ({ bucket }) => bucket.increment ?? null,
    ),
  );
}

/** A bucket as its own row has it: what online sessions moved of it stands in its group's row (`withMoves`). */
function bucketFromRow(row: BucketRow): StoredBucket {
  return {
    bucketId: row.bucket_id,
    code: row.code,
    label: row.label,
    origin: row.origin,
    productId: row.product_id,
    usageClasses: row.usage_classes,
    unit: row.unit,
    quantity: BigInt(row.granted),
    remaining: BigInt(row.remaining),
    isMoved: false,
    reserved: 0n,
    memberReserved: null,
    validFrom: instantFromDate(row.valid_from),
    validTo: instantFromDate(row.valid_to),
    priority: row.priority,
    rollover: row.rollover,
    rank: row.rank,
    zones: row.zones,
    bands: row.bands,
    memberCap: row.member_cap === null ? null : BigInt(row.member_cap),
    memberUsed: memberUsedFromJson(row.member_used),
    ownerProductId: row.owner_product_id,
    increment: row.increment === null ? null : BigInt(row.increment),
    isBlocker: row.is_blocker,
    offeringCode: row.offering_code,
    offeringVersion: row.offering_version,
    users: row.users,
  };
}

/** Members' use of a bucket for its column. */
export function memberUsedToJson(used: Readonly<Record<string, bigint>>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(used).map(([id, units]) => [id, units.toString()])),
  );
}

function memberUsedFromJson(stored: BucketRow['member_used']): Record<string, bigint> {
  return Object.fromEntries(Object.entries(stored).map(([id, units]) => [id, BigInt(units)]));
}
