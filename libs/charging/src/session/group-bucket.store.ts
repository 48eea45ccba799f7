import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { BUCKETS_TEXT, bucketsFromText } from '../balance/bucket-text';
import { groupPeriodId, type GroupPeriodKey, type StoredBucket } from '../balance/group-period';
import { keyArrays } from '../balance/group-period.store';

const BUCKETS: Statement = {
  name: 'charging-buckets',
  text: `select b.card_group_id, b.period, ${BUCKETS_TEXT} as buckets from charging.bucket b
    join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, period)
      using (lane, card_group_id, period)
    group by b.card_group_id, b.period`,
};

/** The buckets of each group, by code, under its groupPeriodId; what was moved of them since stands in the group's row. */
export async function readBuckets(
  tx: Tx,
  keys: readonly GroupPeriodKey[],
): Promise<Map<string, StoredBucket[]>> {
  if (keys.length === 0) return new Map();
  const rows = await prepared<{ card_group_id: string; period: string; buckets: string }>(
    tx,
    BUCKETS,
    keyArrays(keys),
  );
  return new Map(
    rows.map(({ card_group_id: cardGroupId, period, buckets }) => [
      groupPeriodId({ cardGroupId, period }),
      allBuckets(buckets),
    ]),
  );
}

/** The long form says all of each bucket. */
function allBuckets(text: string): StoredBucket[] {
  const buckets = bucketsFromText(text);
  if (!buckets) throw new Error('a bucket refers to what nobody has read');
  return buckets;
}
