import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What online sessions add to totals stands in the row of their card group, which they write anyway; `usage_sum` is the sum of it
 * and of everything else. The text is that of usage/group-totals.ts.
 */
export class KeepTotalsInGroups1700000000395 implements MigrationInterface {
  name = 'KeepTotalsInGroups1700000000395';

  private readonly columns = `
alter table charging.group_period add column totals text;
alter type charging.group_state_row add attribute totals text;`;

  private readonly sum = `
create view charging.usage_sum as
select lane, account_id, period, product_id, charge_code, offering_code, offering_version, max(card) as card,
  max(charge_class) as charge_class, max(tax_class) as tax_class, max(unit) as unit, sum(amount)::bigint as amount,
  sum(event_count)::integer as event_count, sum(units_total)::bigint as units_total,
  sum(units_from_allowance)::bigint as units_from_allowance, sum(units_charged)::bigint as units_charged
from (
  select lane, account_id, period, product_id, charge_code, offering_code, offering_version, card, charge_class, tax_class,
    unit, amount, event_count, units_total, units_from_allowance, units_charged
  from charging.usage_total
  union all
  select g.lane, g.account_id, g.period, (t->>0)::uuid, t->>1, t->>2, (t->>3)::integer, t->>4, t->>5, t->>6, t->>7,
    (t->>8)::bigint, (t->>9)::integer, (t->>10)::bigint, (t->>11)::bigint, (t->>12)::bigint
  from charging.group_period g cross join jsonb_array_elements(g.totals::jsonb) as t
) as part
group by lane, account_id, period, product_id, charge_code, offering_code, offering_version`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.columns);
    await runner.query(this.sum);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
