import { allDomains } from '@ronghe/operator';
import { spawnOperator, type SpawnedOperator } from '@ronghe/testing';
import { Client } from 'pg';
import { asExpected, expectedBills, liveDemonstration } from './demonstration';

const RECORDS = 300;
const EVERY_MS = 3_000;

/** A proxy that fails over, an administrator's restart: the connections go, the processes stay. */
describe('all database connections are cut again and again during the journey', () => {
  let operator: SpawnedOperator;
  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
  }, 200_000);
  afterAll(() => operator?.stop());

  it('goes on by itself, without a duplicate and with a clean audit', async () => {
    const cutting = setInterval(() => void cutConnections(operator.databaseUrl), EVERY_MS);
    for (let attempt = 0; attempt < 4; attempt += 1) {
      // The journey itself gives up where an answer was lost for good; its keys make it go on where it stood.
      await liveDemonstration(operator.url, { records: RECORDS }).catch(() => undefined);
    }
    clearInterval(cutting);
    expect(await fetch(`${operator.url}/health/live`).then((answer) => answer.status)).toBe(200);
    const report = await liveDemonstration(operator.url, { records: RECORDS });
    expect(asExpected(report)).toEqual(expectedBills());
    expect(report.audit.found).toEqual([]);
  }, 600_000);
});

async function cutConnections(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  } catch {
    // Cut off itself: the next one comes in a moment.
  } finally {
    await client.end().catch(() => undefined);
  }
}
