import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What online sessions hold and take of buckets stands in the row of their card group and period, which they write anyway; the
 * buckets' own rows are written by whoever grants, rates files or rates again. `bucket_balance` is a bucket with both; the text
 * is that of balance/online-moves.ts.
 */
export class MoveOnlineInGroups1700000000397 implements MigrationInterface {
  name = 'MoveOnlineInGroups1700000000397';

  private readonly columns = `
alter table charging.group_period add column moves text;
update charging.group_period g set moves = sums.moves from (
  select lane, card_group_id, period, jsonb_object_agg(code, jsonb_strip_nulls(
    jsonb_build_object('held', reserved::text, 'members', member_reserved)))::text as moves
  from charging.bucket where reserved > 0 or member_reserved is not null group by 1, 2, 3) sums
where (g.lane, g.card_group_id, g.period) = (sums.lane, sums.card_group_id, sums.period);
alter table charging.bucket drop constraint bucket_conserved;
alter table charging.bucket drop column reserved, drop column member_reserved;
alter table charging.bucket add constraint bucket_conserved check (remaining between 0 and granted);
alter type charging.group_state_row add attribute moves text;`;

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
