import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which accounts may share: those of one balance group. Accounts from before stand alone, in a group that is named by their
 * own id; sharings from before are inside one account.
 */
export class ShareAcrossAccounts1700000000090 implements MigrationInterface {
  name = 'ShareAcrossAccounts1700000000090';

  private readonly account = `
alter table charging.account add column if not exists balance_group_id uuid;
update charging.account set balance_group_id = account_id where balance_group_id is null;
alter table charging.account alter column balance_group_id set not null;
create index if not exists account_balance_group on charging.account (balance_group_id);`;

  private readonly sharing = `
alter table charging.sharing add column balance_group_id uuid, add column member_account_id uuid;
update charging.sharing set balance_group_id = account_id, member_account_id = account_id;
alter table charging.sharing alter column balance_group_id set not null, alter column member_account_id set not null;
drop index charging.sharing_account;
create index sharing_group on charging.sharing (lane, balance_group_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.account);
    await runner.query(this.sharing);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
