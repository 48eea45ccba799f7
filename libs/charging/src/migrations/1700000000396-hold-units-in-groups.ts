import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What open sessions hold of buckets stands in the row of their card group and period: a grant writes that row anyway, and leaves
 * its buckets as they are.
 */
export class HoldUnitsInGroups1700000000396 implements MigrationInterface {
  name = 'HoldUnitsInGroups1700000000396';

  private readonly move = `
alter table charging.group_period add column held text;
update charging.group_period g set held = sums.held from (
  select lane, card_group_id, period, jsonb_object_agg(code, jsonb_strip_nulls(
    jsonb_build_object('units', reserved::text, 'members', member_reserved)))::text as held
  from charging.bucket where reserved > 0 or member_reserved is not null group by 1, 2, 3) sums
where (g.lane, g.card_group_id, g.period) = (sums.lane, sums.card_group_id, sums.period);
alter table charging.bucket drop constraint bucket_conserved;
alter table charging.bucket drop column reserved, drop column member_reserved;
alter table charging.bucket add constraint bucket_conserved check (remaining between 0 and granted);
alter type charging.group_state_row add attribute held text;
alter type charging.bucket_state_row drop attribute reserved, drop attribute member_reserved;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.move);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
