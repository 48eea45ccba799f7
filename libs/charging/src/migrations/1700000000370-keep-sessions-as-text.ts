import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a session used, reserved and was granted is JSON that only this domain reads, whole: as text it costs less to write than
 * as jsonb. The table is written anew, which takes its time where there are many sessions; their balances do not change.
 */
export class KeepSessionsAsText1700000000370 implements MigrationInterface {
  name = 'KeepSessionsAsText1700000000370';

  private readonly texts = `
alter table charging.session
  alter lines drop default, alter reserved drop default, alter pace drop default,
  alter lines type text using lines::text, alter reserved type text using reserved::text, alter pace type text using pace::text,
  alter lines set default '[]', alter reserved set default '[]', alter pace set default '[]';
alter type charging.session_row
  alter attribute lines type text, alter attribute reserved type text, alter attribute pace type text;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.texts);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
