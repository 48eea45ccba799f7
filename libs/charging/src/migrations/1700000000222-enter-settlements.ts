import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Statements move money: discounts are given back, what is missing to a minimum is taken. */
export class EnterSettlements1700000000222 implements MigrationInterface {
  name = 'EnterSettlements1700000000222';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table charging.money_entry drop constraint money_entry_kind, add constraint money_entry_kind
       check (kind in ('top-up', 'grant', 'use', 'fee', 'expire', 'transfer-in', 'transfer-out', 'refund', 'rerate', 'settle',
         'overrun', 'adjust') and delta <> 0)`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
