import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { ShortenUsageIndex1700000000396 } from './migrations/1700000000396-shorten-usage-index';

/** Migration 396 takes an index that was created before it, unless its creation did not end. */

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain] });
});
afterAll(() => operator?.stop());

async function indexNow(): Promise<{ id: number; isValid: boolean } | undefined> {
  const [index] = await operator.sql<{ id: number; isValid: boolean }>(
    `select indexrelid::integer as id, indisvalid as "isValid" from pg_index
     where indexrelid = to_regclass('charging.rated_usage_group')`,
  );
  return index;
}

async function migrateAgain(): Promise<void> {
  await operator.sql('create index rated_usage_order on charging.rated_usage (lane)');
  const migration = new ShortenUsageIndex1700000000396();
  await migration.up({ query: (text: string) => operator.sql(text) } as never);
}

it('takes an index that is there, and makes one anew that was left unfinished', async () => {
  const first = await indexNow();
  expect(first?.isValid).toBe(true);
  await migrateAgain();
  expect(await indexNow()).toEqual(first);
  await operator.sql('update pg_index set indisvalid = false where indexrelid = $1::integer::oid', [
    first?.id,
  ]);
  await migrateAgain();
  const second = await indexNow();
  expect(second?.isValid).toBe(true);
  expect(second?.id).not.toBe(first?.id);
});
