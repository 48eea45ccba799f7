import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Money that is nobody's may be sent back to where it came from. Receipts of before are not returned. */
export class ReturnReceipts1700000000361 implements MigrationInterface {
  name = 'ReturnReceipts1700000000361';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table receivables.receipt
         add column returned_at timestamptz,
         add column returned_by text,
         add column return_reason text,
         drop constraint receipt_state,
         add constraint receipt_state check (
           state in ('matched', 'unmatched', 'returned') and (state = 'matched') = (payment_id is not null)
           and (state = 'returned') = (returned_at is not null))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
