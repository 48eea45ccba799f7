import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What products have spent in a period, by local day, is counted where somebody caps spending. */
export class CountSpending1700000000320 implements MigrationInterface {
  name = 'CountSpending1700000000320';

  private readonly column = `alter table charging.group_period add column spent jsonb`;

  /** Of accounts that cap spending; others are counted when they begin to. */
  private readonly fill = `
with counted as (
  select g.lane, g.card_group_id, g.period from charging.group_period g
  join charging.account a on a.lane = g.lane and a.account_id = g.account_id and a.caps_spending
), by_day as (
  select c.lane, c.card_group_id, c.period, u.product_id::text as product_id,
    (u.used_at at time zone a.zone)::date::text as day, sum(u.amount)::text as amount
  from counted c join charging.rated_usage u using (lane, card_group_id, period)
  join charging.account a on a.account_id = u.account_id
  group by 1, 2, 3, 4, 5
), by_product as (
  select lane, card_group_id, period, product_id, jsonb_object_agg(day, amount) as days from by_day group by 1, 2, 3, 4
), spent as (
  select lane, card_group_id, period, jsonb_object_agg(product_id, days) as spent from by_product group by 1, 2, 3
)
update charging.group_period g set spent = coalesce(s.spent, '{}'::jsonb)
from counted c left join spent s using (lane, card_group_id, period)
where (g.lane, g.card_group_id, g.period) = (c.lane, c.card_group_id, c.period)`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.column);
    await runner.query(this.fill);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
