import { columnArrays } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { GroupPeriodKey } from '../balance/group-period';
import { hasUsageFilter, type CardGroupKey, type ReratingScope } from './rerating';

/** A card group that a scope touches. */
export interface ScopedGroup extends CardGroupKey {
  accountId: string;
}

/** How many card groups a scope touches. */
export async function countGroups(tx: Tx, scope: ReratingScope, lane: number | null): Promise<number> {
  const { condition, parameters } = conditionOf(scope, lane);
  const [row] = await tx.query<{ count: string }>(
    `select count(*) as count from
       (select distinct g.lane, g.card_group_id from charging.group_period g where ${condition}) as touched`,
    parameters,
  );
  return Number(row?.count ?? 0);
}

/** The next card groups of a scope behind `after`, by lane and id. `lane` is the account's, where one is named. */
export async function findGroupsAfter(
  tx: Tx,
  scope: ReratingScope,
  lane: number | null,
  page: { after: CardGroupKey | null; limit: number },
): Promise<ScopedGroup[]> {
  const { condition, parameters } = conditionOf(scope, lane);
  const [afterLane, afterGroup, limit] = placeholders(parameters.length, 3);
  const rows = await tx.query<{ lane: number; card_group_id: string; account_id: string }>(
    `select distinct g.lane, g.card_group_id, g.account_id from charging.group_period g
     where (g.lane, g.card_group_id) > (${afterLane}::smallint, ${afterGroup}::uuid) and ${condition}
     order by g.lane, g.card_group_id limit ${limit}`,
    [...parameters, page.after?.lane ?? -1, page.after?.cardGroupId ?? LOWEST_ID, page.limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    cardGroupId: row.card_group_id,
    accountId: row.account_id,
  }));
}

/** The periods of card groups that the scope touches, lowest first. */
export async function findPeriodsOf(
  tx: Tx,
  scope: ReratingScope,
  lane: number | null,
  groups: readonly CardGroupKey[],
): Promise<GroupPeriodKey[]> {
  const { condition, parameters } = conditionOf(scope, lane);
  const [lanes, ids] = placeholders(parameters.length, 2);
  const rows = await tx.query<{ lane: number; card_group_id: string; period: string }>(
    `select g.lane, g.card_group_id, g.period from charging.group_period g
     join unnest(${lanes}::smallint[], ${ids}::uuid[]) as wanted (lane, card_group_id) using (lane, card_group_id)
     where ${condition} order by g.period, g.lane, g.card_group_id`,
    [
      ...parameters,
      ...columnArrays(
        groups,
        (group) => group.lane,
        (group) => group.cardGroupId,
      ),
    ],
  );
  return rows.map((row) => ({ lane: row.lane, cardGroupId: row.card_group_id, period: row.period }));
}

/** Locks every period of card groups from a period on, in the order of `compareKeys`. */
export async function lockPeriodsFrom(tx: Tx, from: readonly GroupPeriodKey[]): Promise<void> {
  await tx.query(
    `select 1 from charging.group_period g
     join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, first)
       on g.lane = wanted.lane and g.card_group_id = wanted.card_group_id and g.period >= wanted.first
     order by g.period, g.lane, g.card_group_id for update of g`,
    columnArrays(
      from,
      (key) => key.lane,
      (key) => key.cardGroupId,
      (key) => key.period,
    ),
  );
}

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

function placeholders(taken: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `$${taken + index + 1}`);
}

/** Accounts that use the allowances of a row `g`, and whose usage is rated in it. */
const MEMBER_ACCOUNTS = `select s.member_account_id from charging.sharing s
  where s.lane = g.lane and s.owner_card_group_id = g.card_group_id`;

/** What must hold for a row `g` of `group_period`. Only what the scope names is asked for, so that indexes serve. */
function conditionOf(
  scope: ReratingScope,
  lane: number | null,
): { condition: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const next = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (scope.accountId !== null && lane !== null) {
    const account = `${next(scope.accountId)}::uuid`;
    conditions.push(
      `g.lane = ${next(lane)} and (g.account_id = ${account} or ${account} in (${MEMBER_ACCOUNTS}))`,
    );
  }
  if (scope.offeringCode !== null) conditions.push(offerCondition(scope, next));
  if (hasUsageFilter(scope)) conditions.push(usageCondition(scope, next));
  return { condition: conditions.join(' and '), parameters };
}

/** All card groups of the account: a product may change another's price or take part in its bundle. */
function offerCondition(scope: ReratingScope, next: (value: unknown) => string): string {
  const code = `${next(scope.offeringCode)}::text`;
  const version = `${next(scope.offeringVersion)}::integer`;
  const isOf = (name: string) =>
    `(p.state->>'${name}Code' = ${code} and coalesce((p.state->>'${name}Version')::integer = ${version}, true))`;
  return `exists (select from charging.product_version p
    where p.lane = g.lane and (p.account_id = g.account_id or p.account_id in (${MEMBER_ACCOUNTS})) and (${isOf('offering')} or ${isOf('bundleOffering')}))`;
}

function usageCondition(scope: ReratingScope, next: (value: unknown) => string): string {
  const conditions = ['(u.lane, u.card_group_id, u.period) = (g.lane, g.card_group_id, g.period)'];
  if (scope.usedFrom !== null) conditions.push(`u.used_at >= ${next(scope.usedFrom)}::timestamptz`);
  if (scope.usedTo !== null) conditions.push(`u.used_at < ${next(scope.usedTo)}::timestamptz`);
  if (scope.usageClass !== null) conditions.push(`u.usage_class = ${next(scope.usageClass)}::text`);
  if (scope.source !== null) conditions.push(`u.source = ${next(scope.source)}::text`);
  return `exists (select from charging.rated_usage u where ${conditions.join(' and ')})`;
}
