import { createTestDatabase, type TestDatabase } from '@ronghe/testing';
import { DataSource } from 'typeorm';
import { chargingDomain } from './charging.domain';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase([chargingDomain]);
});
afterAll(() => database?.drop());

it('has entities that agree with the migrations', async () => {
  const dataSource = new DataSource({
    type: 'postgres',
    url: database.url,
    entities: chargingDomain.entities,
  });
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map((each) => each.query)).toEqual([]);
  } finally {
    await dataSource.destroy();
  }
});
