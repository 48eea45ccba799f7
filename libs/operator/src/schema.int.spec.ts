import { createTestDatabase, type TestDatabase } from '@ronghe/testing';
import { DataSource } from 'typeorm';
import { allDomains } from './index';

/** What the migrations make is what the entities describe, for every domain that there is. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(allDomains);
});
afterAll(() => database?.drop());

it.each(allDomains.map((domain) => [domain.name, domain] as const))(
  'has entities that agree with the migrations in %s',
  async (_name, { entities }) => {
    const dataSource = new DataSource({ type: 'postgres', url: database.url, entities });
    await dataSource.initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  },
);
