import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts from before balance groups were kept have their own id as a stand-in, so that they could share with nobody of theirs:
 * the customer domain is asked for the group of each, once.
 */
export class AskBalanceGroups1700000000213 implements MigrationInterface {
  name = 'AskBalanceGroups1700000000213';

  private readonly account = `
alter table charging.account add column is_group_known boolean not null default true;
update charging.account set is_group_known = false where balance_group_id = account_id;
create index account_group_unknown on charging.account (account_id) where not is_group_known;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.account);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
