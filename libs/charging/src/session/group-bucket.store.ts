import { groupBy } from '@ronghe/kernel';
import type { UsageUnit } from '@ronghe/contracts';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { BucketState, BucketUsers } from '@ronghe/rating';
import { groupPeriodId, type BucketOfRow, type GroupPeriodKey } from '../balance/group-period';
import { keyArrays } from '../balance/group-period.store';
import { classes, instants, labels, rollovers, usedFrom } from './bucket-values';

/** What deciding needs of a bucket, and no more: every column of every bucket of every session costs. */
const BUCKETS: Statement = {
  name: 'charging-buckets',
  text: `select b.card_group_id, b.period, b.code, b.bucket_id, b.product_id, b.origin, b.label::text,
      b.usage_classes::text, b.unit,
      b.granted, b.remaining, b.valid_from::text, b.valid_to::text, b.priority, b.rollover::text, b.rank,
      b.zones, b.bands, b.member_cap, nullif(b.member_used::text, '{}') as member_used, b.owner_product_id,
      b.increment, b.is_blocker,
      b.offering_code, b.offering_version, b.users
    from charging.bucket b
    join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, period)
      using (lane, card_group_id, period)
    order by b.code`,
};

interface BucketRow {
  card_group_id: string;
  period: string;
  code: string;
  bucket_id: string;
  product_id: string | null;
  origin: BucketState['origin'];
  label: string;
  usage_classes: string;
  unit: UsageUnit;
  granted: string;
  remaining: string;
  valid_from: string;
  valid_to: string;
  priority: number;
  rollover: string | null;
  rank: 'base' | 'add-on';
  zones: string[] | null;
  bands: string[] | null;
  member_cap: string | null;
  member_used: string | null;
  owner_product_id: string | null;
  increment: string | null;
  is_blocker: boolean;
  offering_code: string;
  offering_version: number;
  users: BucketUsers | null;
}

/** The buckets of each group, by code, under its groupPeriodId; what was moved of them since stands in the group's row. */
export async function readBuckets(
  tx: Tx,
  keys: readonly GroupPeriodKey[],
): Promise<Map<string, BucketOfRow[]>> {
  if (keys.length === 0) return new Map();
  const rows = await prepared<BucketRow>(tx, BUCKETS, keyArrays(keys));
  const byGroup = groupBy(rows, (row) => groupPeriodId(keyOf(row)));
  return new Map(
    keys.map((key) => [groupPeriodId(key), (byGroup.get(groupPeriodId(key)) ?? []).map(bucketFromRow)]),
  );
}

function keyOf(row: {
  card_group_id: string;
  period: string;
}): Pick<GroupPeriodKey, 'cardGroupId' | 'period'> {
  return { cardGroupId: row.card_group_id, period: row.period };
}

const noneUsed = {};

function bucketFromRow(row: BucketRow): BucketOfRow {
  return {
    bucketId: row.bucket_id,
    code: row.code,
    label: labels.of(row.label),
    origin: row.origin,
    productId: row.product_id,
    usageClasses: classes.of(row.usage_classes),
    unit: row.unit,
    quantity: BigInt(row.granted),
    remaining: BigInt(row.remaining),
    validFrom: instants.of(row.valid_from),
    validTo: instants.of(row.valid_to),
    priority: row.priority,
    rollover: row.rollover === null ? null : rollovers.of(row.rollover),
    rank: row.rank,
    zones: row.zones,
    bands: row.bands,
    memberCap: row.member_cap === null ? null : BigInt(row.member_cap),
    memberUsed: row.member_used === null ? noneUsed : usedFrom(row.member_used),
    ownerProductId: row.owner_product_id,
    increment: row.increment === null ? null : BigInt(row.increment),
    isBlocker: row.is_blocker,
    offeringCode: row.offering_code,
    offeringVersion: row.offering_version,
    users: row.users,
  };
}
