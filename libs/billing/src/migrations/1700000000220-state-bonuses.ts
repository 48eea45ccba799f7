import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What became of bonuses, beside the customer's own money. Until charging tells it of earlier days, as much was given as was used.
 */
export class StateBonuses1700000000220 implements MigrationInterface {
  name = 'StateBonuses1700000000220';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const columns = `
alter table billing.consumption_day
  add column bonus_given_micro bigint not null default 0,
  add column bonus_expired_micro bigint not null default 0;
update billing.consumption_day set bonus_given_micro = bonus_micro;
alter table billing.statement
  add column bonus_opening_micro bigint not null default 0,
  add column bonus_given_micro bigint not null default 0,
  add column bonus_expired_micro bigint not null default 0,
  add column bonus_closing_micro bigint not null default 0;
update billing.statement set bonus_given_micro = bonus_micro;
alter table billing.statement add constraint statement_bonus_closing check (bonus_closing_micro =
  bonus_opening_micro + bonus_given_micro - bonus_micro - bonus_expired_micro);`;
