import { columnArrays, newId } from '@ronghe/kernel';
import { copyRows, prepared, type Statement, type Tx } from '@ronghe/platform';
import { raiseAllowanceNotices } from '../notice/notice.store';
import { usesOfChanges } from '../notice/notice';
import { memberUsedToJson } from './bucket.store';
import type { GroupPeriodChange } from './group-change';
import { saveGroupStates } from './group-state.store';

/**
 * Writes what usage took from groups' periods: less than saveGroupPeriods, since no bucket is new or described anew, and
 * the entries by COPY. `reference` (an id) names the cause.
 */
export async function saveGroupUse(
  tx: Tx,
  changes: readonly GroupPeriodChange[],
  reference: string,
): Promise<void> {
  if (changes.length === 0) return;
  await saveGroupStates(tx, changes);
  await lowerBuckets(tx, changes);
  await copyRows(
    tx,
    'charging.bucket_entry (lane, bucket_id, entry_id, kind, delta, reference, business_at)',
    entryRows(changes, `${reference}\t${tx.now}`),
  );
  await raiseAllowanceNotices(tx, usesOfChanges(changes));
}

const LOWER_BUCKETS: Statement = {
  name: 'charging-lower-buckets',
  text: `update charging.bucket b set remaining = new.remaining, member_used = new.member_used::jsonb
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[])
       as new (lane, card_group_id, period, code, remaining, member_used)
     where (b.lane, b.card_group_id, b.period, b.code) = (new.lane, new.card_group_id, new.period, new.code)`,
};

async function lowerBuckets(tx: Tx, changes: readonly GroupPeriodChange[]): Promise<void> {
  const lowered = changes.flatMap(({ group, changedBuckets }) =>
    changedBuckets.map((bucket) => ({ group, bucket })),
  );
  if (lowered.length === 0) return;
  await prepared(
    tx,
    LOWER_BUCKETS,
    columnArrays(
      lowered,
      ({ group }) => group.lane,
      ({ group }) => group.cardGroupId,
      ({ group }) => group.period,
      ({ bucket }) => bucket.code,
      ({ bucket }) => bucket.remaining,
      ({ bucket }) => memberUsedToJson(bucket.memberUsed ?? {}),
    ),
  );
}

/** Lines for COPY; none of the values needs escaping. @param tail the last columns */
function entryRows(changes: readonly GroupPeriodChange[], tail: string): string {
  let rows = '';
  for (const { group, entries } of changes) {
    for (const entry of entries) {
      const bucket = group.buckets.find(({ code }) => code === entry.bucketCode);
      if (bucket)
        rows += `${group.lane}\t${bucket.bucketId}\t${newId()}\t${entry.kind}\t${entry.delta}\t${tail}\n`;
    }
  }
  return rows;
}
