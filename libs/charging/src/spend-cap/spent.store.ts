import { type Amount, amountFromMicro, columnArrays } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { groupPeriodId, type GroupPeriod, type GroupPeriodKey } from '../balance/group-period';
import { keyArrays } from '../balance/group-period.store';
import { spendingId, type SpendCap, type SpendPlace } from './spend-cap';
import { daysFromJson, spentFromJson, spentOf, type SpentJson } from './spent';

/**
 * Begins to count what is spent in periods of which it was not counted yet, from what was rated so far. They are to be
 * locked. @returns the same groups, all counted
 */
export async function countSpending(tx: Tx, groups: readonly GroupPeriod[]): Promise<GroupPeriod[]> {
  const uncounted = groups.filter(({ spent }) => !spent);
  if (uncounted.length === 0) return [...groups];
  const rows = await tx.query<{ card_group_id: string; period: string; spent: SpentJson }>(
    `update charging.group_period g set spent = coalesce((
       select jsonb_object_agg(product_id, days) from (
         select product_id, jsonb_object_agg(day, amount) as days from (
           select u.product_id, (u.used_at at time zone a.zone)::date::text as day, sum(u.amount)::text as amount
           from charging.rated_usage u join charging.account a on a.account_id = u.account_id
           where u.lane = g.lane and u.card_group_id = g.card_group_id and u.period = g.period group by 1, 2
         ) as by_day group by product_id
       ) as by_product), '{}'::jsonb)
     from unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, period)
     where (g.lane, g.card_group_id, g.period) = (wanted.lane, wanted.card_group_id, wanted.period)
     returning g.card_group_id, g.period, g.spent`,
    keyArrays(uncounted),
  );
  const counted = new Map(
    rows.map((row) => [
      groupPeriodId({ cardGroupId: row.card_group_id, period: row.period }),
      spentFromJson(row.spent),
    ]),
  );
  return groups.map((group) => ({ ...group, spent: group.spent ?? counted.get(groupPeriodId(group)) }));
}

/** A product's cap at a place and time. */
export interface CappedPlace {
  place: SpendPlace;
  cap: SpendCap;
  span: string;
}

/** What was spent under caps, by `spendingId`: as it is counted, else (nobody had to yet) as it adds up. */
export async function findSpent(
  tx: Tx,
  wanted: readonly CappedPlace[],
  groups: ReadonlyMap<string, GroupPeriod>,
): Promise<Map<string, Amount>> {
  const counted = new Map<string, Amount>();
  const uncounted: CappedPlace[] = [];
  for (const each of wanted) {
    const spent = groups.get(groupPeriodId(each.place))?.spent;
    if (spent) counted.set(spendingId(each.place.productId, each.span), spentOf(spent, each.cap, each.place));
    else uncounted.push(each);
  }
  return uncounted.length === 0 ? counted : new Map([...counted, ...(await sumSpent(tx, uncounted))]);
}

/** What rated usage comes to under caps, by `spendingId`; where nothing was used there is nothing. */
export async function sumSpent(tx: Tx, wanted: readonly CappedPlace[]): Promise<Map<string, Amount>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<{ product_id: string; span: string; spent: string }>(
    `select wanted.product_id, wanted.span, sum(u.amount)::text as spent
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
       as wanted (lane, account_id, product_id, period, per, span, zone)
     join charging.rated_usage u on u.lane = wanted.lane and u.account_id = wanted.account_id
       and u.period = wanted.period and u.product_id = wanted.product_id
       and (wanted.per = 'period' or (u.used_at at time zone wanted.zone)::date::text = wanted.span)
     group by 1, 2`,
    columnArrays(
      wanted,
      ({ place }) => place.lane,
      ({ place }) => place.accountId,
      ({ place }) => place.productId,
      ({ place }) => place.period,
      ({ cap }) => cap.per,
      ({ span }) => span,
      ({ place }) => place.cycle.zone,
    ),
  );
  return new Map(
    rows.map((row) => [spendingId(row.product_id, row.span), amountFromMicro(BigInt(row.spent))]),
  );
}

/** What a product has spent by local day of a period. */
export interface ProductSpending extends Omit<GroupPeriodKey, 'cardGroupId'> {
  accountId: string;
  productId: string;
  days: Readonly<Record<string, Amount>>;
}

/**
 * What products of accounts have spent in periods: as it is counted, else as it adds up.
 * @param everybody also of accounts of whose products' caps nothing was said
 */
export async function findProductSpending(
  tx: Tx,
  periods: readonly { lane: number; accountId: string; period: string }[],
  everybody: boolean,
): Promise<ProductSpending[]> {
  const rows = await tx.query<{
    lane: number;
    account_id: string;
    product_id: string;
    period: string;
    days: Record<string, string>;
  }>(
    `with product as (
       select distinct wanted.lane, wanted.account_id, wanted.period, v.product_id, v.card_group_id, a.zone
       from unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, account_id, period)
       join charging.account a on a.account_id = wanted.account_id and (a.caps_spending or $4::boolean)
       join charging.product_version v on v.lane = wanted.lane and v.account_id = wanted.account_id
     ), counted as (
       select p.lane, p.account_id, p.product_id, p.period, p.zone, coalesce(bool_and(g.spent is not null), false) as is_counted,
         (array_agg(g.spent -> p.product_id::text) filter (where g.spent ? p.product_id::text))[1] as days
       from product p
       left join charging.group_period g on g.lane = p.lane and g.period = p.period
         and (g.card_group_id = p.card_group_id or g.card_group_id in (
           select s.owner_card_group_id from charging.sharing s
           where s.lane = p.lane and s.member_card_group_id = p.card_group_id))
       group by 1, 2, 3, 4, 5
     )
     select c.lane, c.account_id, c.product_id, c.period, c.days from counted c where c.is_counted and c.days is not null
     union all
     select lane, account_id, product_id, period, jsonb_object_agg(day, amount) from (
       select c.lane, c.account_id, c.product_id, c.period, (u.used_at at time zone c.zone)::date::text as day,
         sum(u.amount)::text as amount
       from counted c join charging.rated_usage u on u.lane = c.lane and u.account_id = c.account_id
         and u.period = c.period and u.product_id = c.product_id
       where not c.is_counted group by 1, 2, 3, 4, 5
     ) as summed group by 1, 2, 3, 4
     order by lane, product_id, period`,
    [
      ...columnArrays(
        periods,
        (each) => each.lane,
        (each) => each.accountId,
        (each) => each.period,
      ),
      everybody,
    ],
  );
  return rows.map((row) => ({
    lane: row.lane,
    accountId: row.account_id,
    productId: row.product_id,
    period: row.period,
    days: daysFromJson(row.days),
  }));
}
