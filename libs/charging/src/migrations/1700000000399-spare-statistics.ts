import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what rows of the tables are found, joined or grouped that grow with every session. */
const SEARCHED = {
  session: [
    ...['lane', 'session_id', 'account_id', 'product_id', 'card_group_id', 'period'],
    ...['request_key', 'state', 'expires_at', 'started_at', 'notify_uri'],
  ],
  rated_usage: [
    ...['lane', 'usage_id', 'account_id', 'product_id', 'booked_product_id', 'card_group_id', 'period'],
    ...['used_at', 'usage_class', 'charge_code', 'source', 'record_id', 'file_id', 'is_late'],
  ],
  bucket_entry: ['lane', 'bucket_id', 'entry_id', 'kind', 'business_at'],
  outbox: ['lane', 'sequence', 'type', 'aggregate_id'],
};

/** PostgreSQL looks at 300 rows for each, so at 7,500: enough to tell keys from kinds. */
const TARGET = 25;

/**
 * PostgreSQL gathers statistics of a table again and again while it grows, beside the sessions that make it grow: a second of a core
 * for each of these tables. It looks at fewer rows, and not at all at columns by which nothing is searched: mostly long texts.
 */
export class SpareStatistics1700000000399 implements MigrationInterface {
  name = 'SpareStatistics1700000000399';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, searched] of Object.entries(SEARCHED)) {
      const columns: { name: string }[] = await runner.query(
        `select quote_ident(attname) as name from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
        [`charging.${table}`],
      );
      const targets = columns.map(
        ({ name }) => `alter column ${name} set statistics ${searched.includes(name) ? TARGET : 0}`,
      );
      await runner.query(`alter table charging.${table} ${targets.join(', ')}`);
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
