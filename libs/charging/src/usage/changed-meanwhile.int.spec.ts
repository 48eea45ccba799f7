import { instantFromIso } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import {
  auditDifferences,
  changeOffer,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  usageCsv,
} from '../family.fixture';
import { offerOf, PLAN, publishOffer } from '../rerating/rerating.fixture';
import { UsageBooks } from './usage-books.service';

/** A product changes while a batch of its usage is at work: what was rated by the terms before is put in order. */

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-07-01T00:00:00+08:00' });
  await publishDocuments(operator);
  for (const [code, amount] of [
    [PLAN, '0.10'],
    ['cheap-messages', '0.04'],
  ] as const)
    await publishOffer(operator, plan(code, amount));
});
afterAll(() => operator?.stop());

/** A plan without allowances. */
function plan(code: string, amount: string) {
  const document = offerOf(PLAN);
  const usagePrices = document.usagePrices
    .filter((price) => price.code === 'sms')
    .map((price) => ({ ...price, model: { kind: 'per-unit' as const, price: { amount, per: '1' } } }));
  return { ...document, code, discounts: [], allowances: [], recurringPrices: [], usagePrices };
}

it('rates again what was rated by terms that no longer held', async () => {
  const from = instantFromIso('2026-07-11T00:00:00+08:00');
  const family = await sellFamily(operator, ['main'], { from: '2026-07-01T00:00:00+08:00', bundle: false });
  await operator.settle();
  await operator.moveClock('2026-07-20T00:00:00+08:00');
  const versionOf = async () => {
    const rows = await operator.sql<{ products_version: number }>(
      'select products_version from charging.account where account_id = $1',
      [family.account.accountId],
    );
    return rows[0]?.products_version;
  };
  const books = operator.get(UsageBooks);
  const open = books.open.bind(books);
  const spy = jest.spyOn(books, 'open').mockImplementationOnce(async (tx, holders) => {
    const book = await open(tx, holders);
    const before = await versionOf();
    await changeOffer(operator, family, 'main', { code: 'cheap-messages', from });
    while ((await versionOf()) === before) await new Promise((resolve) => setTimeout(resolve, 20));
    return book;
  });
  const message = (id: string, day: number) => `${id},sms,main,86138,2026-07-${day}T10:00:00+08:00,,,1`;
  await deliver(operator, usageCsv([message('before', 10), message('after', 12)], family));
  expect(spy).toHaveBeenCalled();
  await operator.settle();
  expect(await ratedByRecord(operator)).toEqual({ before: '100000 ', after: '40000 ' });
  expect(await auditDifferences(operator)).toEqual([]);
});
