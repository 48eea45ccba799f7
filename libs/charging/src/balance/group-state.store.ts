import {
  binaryRows,
  booleans,
  instants,
  jsons,
  smallints,
  texts,
  tids,
  uuids,
  xids,
  type BinaryColumn,
} from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { spentToJson } from '../spend-cap/spent';
import { groupTotalsToJson, type GroupTotals } from '../usage/group-totals';
import { SHORT_BUCKETS_TEXT } from './bucket-text';
import { countersToJson, holdsToText } from './counter-json';
import type { GroupPeriodChange } from './group-change';
import type { GroupPeriod } from './group-period';
import { movesToJson } from './online-moves';

/** What changes of a group's row, by a row `new` of charging.group_state_row; what was moved of its buckets stands in it too. */
export const STATE_ASSIGNMENTS = `counters = new.counters, last_late = new.last_late, last_used_at = new.last_used_at,
  last_source = new.last_source, last_record_id = new.last_record_id, needs_rerate = new.needs_rerate, spent = new.spent,
  moves = new.moves, counter_holds = new.counter_holds`;

const saving = (bucketRows: string): string => `update charging.group_period g
  set ${STATE_ASSIGNMENTS}, bucket_rows = ${bucketRows} from unnest($1::charging.group_state_row[]) as new
  where (g.lane, g.card_group_id, g.period) = (new.lane, new.card_group_id, new.period)`;

const SAVE_STATES: Statement = {
  name: 'charging-save-groups',
  text: saving('case when not new.changes_bucket_rows then g.bucket_rows end'),
};
const SAVE_GROUPS = saving(SHORT_BUCKETS_TEXT);

/**
 * Writes counters, places and marks of groups' periods, the rows of their buckets apart. Whoever writes those writes this too:
 * memories go by it, and where buckets change it says no more what is in their rows.
 */
export async function saveGroupStates(
  tx: Tx,
  changes: readonly Pick<GroupPeriodChange, 'group' | 'changedBuckets'>[],
): Promise<void> {
  if (changes.length === 0) return;
  const states = changes.map(({ group, changedBuckets }) => ({
    group,
    changesBucketRows: changedBuckets.length > 0,
  }));
  await prepared(tx, SAVE_STATES, [stateRows(states)]);
}

/** The same for who has written the rows of their buckets, with a text of what is in those: it is read from them. */
export async function saveGroupsOfBuckets(tx: Tx, groups: readonly GroupPeriod[]): Promise<void> {
  if (groups.length === 0) return;
  // Not prepared: planned while there were few buckets, it would look through all of them for each group.
  await tx.execute(SAVE_GROUPS, [stateRows(groups.map((group) => ({ group })))]);
}

/** A group as it shall be stored. */
export interface GroupState {
  group: GroupPeriod;
  /** The xmin of its row as it is known. */
  version?: string | undefined;
  /** The xmin of its account's row, and its ctid. */
  account?: { version: string; place: string } | undefined;
  /** Where they have changed. Only online sessions change them. */
  totals?: GroupTotals | undefined;
  /** Rows of its buckets change with it. */
  changesBucketRows?: boolean;
}

const stateColumns: readonly BinaryColumn<GroupState>[] = [
  smallints(({ group }) => group.lane),
  uuids(({ group }) => group.cardGroupId),
  texts(({ group }) => group.period),
  jsons(({ group }) => countersToJson(group.counters)),
  booleans(({ group }) => group.lastPlace?.isLate),
  instants(({ group }) => group.lastPlace?.usedAt),
  texts(({ group }) => group.lastPlace?.source),
  texts(({ group }) => group.lastPlace?.recordId),
  booleans(({ group }) => group.needsRerate),
  jsons(({ group }) => spentToJson(group.spent)),
  xids(({ version }) => version),
  texts(({ totals }) => groupTotalsToJson(totals)),
  texts(({ group }) => movesToJson(group.buckets)),
  xids(({ account }) => account?.version),
  booleans(({ changesBucketRows }) => changesBucketRows),
  tids(({ account }) => account?.place),
  texts(({ group }) => holdsToText(group.counterHolds)),
];

/** A parameter `$1::charging.group_state_row[]`. */
export function stateRows(states: readonly GroupState[]): Buffer {
  return binaryRows(states, stateColumns);
}
