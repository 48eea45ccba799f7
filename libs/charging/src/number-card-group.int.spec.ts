import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { publishDocuments, sellFamily } from './family.fixture';
import { KeepCardGroupsOfNumbers1700000000401 } from './migrations/1700000000401-keep-card-groups-of-numbers';
import { undone } from './undone.fixture';

/** Who holds a number says his product's card group: new ones when they are sold, those of before by migration 401. */

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['main'] });
  await operator.settle();
});
afterAll(() => operator?.stop());

const HOLDERS = `select number, h.product_id, h.card_group_id, h.card_group_id = v.card_group_id as "isProducts"
  from charging.number_holder h join charging.product_version v using (lane, product_id) order by number, h.product_id`;

it('the same by the migration as when they are sold', async () => {
  const sold = await operator.sql<{ isProducts: boolean }>(HOLDERS);
  expect(sold.length).toBeGreaterThan(2);
  expect(sold.filter(({ isProducts }) => !isProducts)).toEqual([]);
  await undone(operator, async (tx) => {
    await tx.query('alter table charging.number_holder drop column card_group_id');
    const migration = new KeepCardGroupsOfNumbers1700000000401();
    await migration.up({ query: (text: string) => tx.query(text) } as never);
    expect(await tx.query(HOLDERS)).toEqual(sold);
  });
});
