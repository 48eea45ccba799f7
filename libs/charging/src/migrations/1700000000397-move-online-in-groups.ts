import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What online sessions take of buckets stands in the row of their card group and period too, with what they hold. `bucket_balance`
 * is a bucket with both; the text is that of balance/online-moves.ts.
 */
export class MoveOnlineInGroups1700000000397 implements MigrationInterface {
  name = 'MoveOnlineInGroups1700000000397';

  private readonly columns = `
alter table charging.group_period rename column held to moves;
update charging.group_period g set moves = renamed.moves from (
  select lane, card_group_id, period, jsonb_object_agg(each.key, jsonb_strip_nulls(
    jsonb_build_object('held', each.value->'units', 'members', each.value->'members')))::text as moves
  from charging.group_period, jsonb_each(moves::jsonb) as each group by 1, 2, 3) renamed
where (g.lane, g.card_group_id, g.period) = (renamed.lane, renamed.card_group_id, renamed.period);
alter type charging.group_state_row rename attribute held to moves;
drop type charging.bucket_state_row;`;

  private readonly balance = `
create view charging.bucket_balance as
select b.lane, b.card_group_id, b.period, b.code, b.bucket_id, b.account_id, b.product_id, b.origin, b.unit, b.increment,
  b.granted, coalesce((move->>'left')::bigint, b.remaining) as remaining,
  coalesce((move->>'held')::bigint, 0) as reserved, move->'members' as member_reserved
from charging.bucket b
join charging.group_period g using (lane, card_group_id, period)
cross join lateral (select g.moves::jsonb->b.code as move) as moved`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.columns);
    await runner.query(this.balance);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
