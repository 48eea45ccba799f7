import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Trials look at balance groups as bill runs do, with discounts and what is rounded. Accounts from before stand alone, in a
 * group that is named by their own id. Trials that run are cancelled: their cursor means something else.
 */
export class WidenWhatIf1700000000102 implements MigrationInterface {
  name = 'WidenWhatIf1700000000102';

  private readonly account = `
alter table charging.account add column if not exists balance_group_id uuid;
update charging.account set balance_group_id = account_id where balance_group_id is null;
alter table charging.account alter column balance_group_id set not null;
create index if not exists account_balance_group on charging.account (balance_group_id);`;

  private readonly trial = `
update charging.what_if set state = 'cancelled', finished_at = requested_at where state = 'running';
alter table charging.what_if rename column cursor_account to cursor_group;
alter table charging.what_if_account
  add column discounts_before bigint not null default 0, add column discounts_after bigint not null default 0,
  add column total_before bigint, add column total_after bigint;
update charging.what_if_account set total_before = usage_before + fees_before, total_after = usage_after + fees_after;
alter table charging.what_if_account
  alter column total_before set not null, alter column total_after set not null,
  alter column discounts_before drop default, alter column discounts_after drop default;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.account);
    await runner.query(this.trial);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
