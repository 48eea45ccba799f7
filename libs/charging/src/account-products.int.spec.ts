import type { ProductState } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import type { QueryRunner } from 'typeorm';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { KeepProductsInAccounts1700000000404 } from './migrations/1700000000404-keep-products-in-accounts';
import { insertProductVersion } from './projection/product.store';
import { findPlainAccounts } from './session/plain-account.store';

/** The latest states of an account's products stand in its row too. */

let operator: TestOperator;
let family: Family;
beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-01T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'broadband'], {
    from: '2026-06-03T00:00:00+08:00',
    online: ['main'],
  });
  await operator.settle();
});
afterEach(() => operator?.stop());

async function inRow(): Promise<ProductState[] | null> {
  const [row] = await operator.sql<{ products: ProductState[] | null }>(
    'select products from charging.account where account_id = $1',
    [family.account.accountId],
  );
  return row?.products ?? null;
}

/** As online charging reads them. */
async function asRead(): Promise<ProductState[] | undefined> {
  const { accountId } = family.account;
  const found = await operator.get(Transactions).run((tx) => findPlainAccounts(tx, [accountId]));
  return found[0]?.products;
}

const cards = (products: readonly ProductState[] | null | undefined): string[] | undefined =>
  products?.map(({ card }) => card).sort();

function save(product: ProductState, version = 1): Promise<boolean> {
  return operator.get(Transactions).run((tx) => insertProductVersion(tx, product, version, 'test'));
}

/** A product like the main card's, under other ids. */
function another(card: string): ProductState {
  const { main } = family.products;
  if (!main) throw new Error('there is no main card');
  const productId = newId();
  return { ...main, productId, cardGroupId: productId, card };
}

it('says what the latest version of each product says', async () => {
  const { main } = family.products;
  expect(cards(await inRow())).toEqual(['broadband', 'main']);
  const ended = { ...another('gone'), effectiveTo: main?.effectiveFrom ?? null };
  await save(ended);
  await save({ ...ended, card: 'renamed' }, 2);
  // An older fact is ignored.
  expect(await save({ ...ended, card: 'older' }, 1)).toBe(false);
  expect(cards(await inRow())).toEqual(['broadband', 'main', 'renamed']);
  expect((await inRow())?.find(({ card }) => card === 'main')).toEqual(main);
  expect(await asRead()).toEqual(await inRow());
  expect(await auditDifferences(operator)).toEqual([]);
});

it('has all of them where several are added at once', async () => {
  const added = Array.from({ length: 8 }, (_, at) => another(`sub${at}`));
  await Promise.all(added.map((product) => save(product)));
  expect(cards(await inRow())).toEqual(['broadband', 'main', ...added.map(({ card }) => card)]);
});

it('has none of an account of many products, which are read from their versions', async () => {
  const added = Array.from({ length: 15 }, (_, at) => another(`sub${at}`));
  for (const product of added.slice(1)) await save(product);
  expect(await inRow()).toHaveLength(16);
  for (const product of added.slice(0, 1)) await save(product);
  expect(await inRow()).toBeNull();
  expect(await asRead()).toHaveLength(17);
  expect(await auditDifferences(operator)).toEqual([]);
});

it('has none of an account whose products changed very often', async () => {
  const { accountId, lane } = family.account;
  const { main } = family.products;
  const versionsUpTo = (last: number): Promise<unknown> =>
    operator.sql(
      `insert into charging.product_version (lane, product_id, version, account_id, card_group_id, effective_from, state, cause,
         recorded_at)
       select lane, product_id, n, account_id, card_group_id, effective_from, state, cause, recorded_at
       from charging.product_version p, generate_series(p.version + 1, $4) n
       where p.lane = $1 and p.account_id = $2 and p.product_id = $3
         and p.version = (select max(version) from charging.product_version where lane = $1 and product_id = $3)`,
      [lane, accountId, main?.productId, last],
    );
  if (!main) throw new Error('there is no main card');
  // The broadband has one version.
  await versionsUpTo(254);
  await save({ ...main, card: 'changed' }, 255);
  expect(cards(await inRow())).toEqual(['broadband', 'changed']);
  await save({ ...main, card: 'changed again' }, 256);
  expect(await inRow()).toBeNull();
  expect(cards(await asRead())).toEqual(['broadband', 'changed again']);
});

it('is filled for accounts that were there before', async () => {
  const ended = another('gone');
  await save(ended);
  await save({ ...ended, card: 'renamed' }, 2);
  const many = await sellFamily(operator, ['main'], { from: '2026-06-03T00:00:00+08:00' });
  await operator.settle();
  const { main } = many.products;
  for (let at = 0; main && at < 16; at += 1) {
    const productId = newId();
    await save({ ...main, productId, cardGroupId: productId });
  }
  const rows = () =>
    operator.sql<{ products: ProductState[] | null }>(
      'select products from charging.account order by account_id',
    );
  const before = await rows();
  expect(before.map(({ products }) => products?.length ?? null).sort()).toEqual([3, null]);
  await operator.sql('alter table charging.account drop column products');
  const runner = { query: (text: string) => operator.sql(text) } as unknown as QueryRunner;
  await new KeepProductsInAccounts1700000000404().up(runner);
  expect(await rows()).toEqual(before);
});

it('is audited', async () => {
  await operator.sql(`update charging.account set products = '[]' where account_id = $1`, [
    family.account.accountId,
  ]);
  const different = expect.objectContaining({ name: 'account-products-equal-versions' }) as unknown;
  expect(await auditDifferences(operator)).toContainEqual(different);
});
