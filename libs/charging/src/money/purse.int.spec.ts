import { amountFromMicro, instantFromIso, sumAmounts } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../index';
import { auditDifferences, openAccount } from '../family.fixture';
import { creditMoney, drawMoney, reserveMoney, type Purse } from '@ronghe/rating';
import { lockPurses, savePurses } from './purse.store';

let operator: TestOperator;
let transactions: Transactions;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-10T00:00:00+08:00' });
  transactions = operator.get(Transactions);
});
afterAll(() => operator?.stop());

const yuan = (count: number) => amountFromMicro(BigInt(count) * 1_000_000n);

/** An account whose purse is open. */
async function openPrepaid() {
  const account = await openAccount(operator, { paymentMode: 'prepaid' });
  await operator.settle();
  return account;
}

const may = instantFromIso('2026-05-01T00:00:00Z');

/** Does something to one account's purse in a transaction of its own. */
async function change(
  account: { accountId: string; lane: number },
  work: (purse: Purse) => Parameters<typeof savePurses>[1][number],
): Promise<void> {
  await transactions.run(async (tx) => {
    const purse = (await lockPurses(tx, [account])).get(account.accountId);
    if (!purse) throw new Error('no purse');
    await savePurses(tx, [work(purse)], 'test');
  });
}

it('opens a purse with the account, and keeps money and entries together', async () => {
  const account = await openPrepaid();
  await change(account, (purse) =>
    creditMoney(purse, { bucketId: account.accountId, amount: yuan(10), kind: 'top-up' }),
  );
  await change(account, (purse) => drawMoney(purse, yuan(12), may, { kind: 'use', taxClass: 'data' }));
  const entries = await operator.sql(
    `select kind, delta, local_day::text, tax_class from charging.money_entry where account_id = $1 order by entry_id`,
    [account.accountId],
  );
  expect(entries).toEqual([
    { kind: 'top-up', delta: '10000000', local_day: '2026-06-10', tax_class: null },
    { kind: 'use', delta: '-12000000', local_day: '2026-06-10', tax_class: 'data' },
    { kind: 'overrun', delta: '2000000', local_day: '2026-06-10', tax_class: null },
  ]);
  expect(await auditDifferences(operator)).not.toContainEqual(
    expect.objectContaining({ name: 'money-equals-entries' }),
  );
});

it('lets parallel credits, draws and reservations of one purse follow each other', async () => {
  const account = await openPrepaid();
  const granted: bigint[] = [];
  const work = Array.from({ length: 20 }, (_, at) => [
    change(account, (purse) =>
      creditMoney(purse, { bucketId: account.accountId, amount: yuan(3), kind: 'top-up' }),
    ),
    change(account, (purse) => drawMoney(purse, yuan(2), may)),
    change(account, (purse) => {
      const reserved = reserveMoney(purse, yuan(at), may);
      granted.push(reserved.granted);
      return reserved;
    }),
  ]);
  await Promise.all(work.flat());
  const [bucket] = await operator.sql<{ remaining: string; reserved: string; overrun: string }>(
    'select remaining, reserved, overrun from charging.money_bucket where account_id = $1',
    [account.accountId],
  );
  expect(BigInt(bucket?.remaining ?? 0) - BigInt(bucket?.overrun ?? 0)).toBe(yuan(20));
  expect(BigInt(bucket?.reserved ?? 0)).toBe(sumAmounts(granted.map(amountFromMicro)));
  expect(BigInt(bucket?.remaining ?? 0)).toBeGreaterThanOrEqual(BigInt(bucket?.reserved ?? 0));
  expect(await auditDifferences(operator)).not.toContainEqual(
    expect.objectContaining({ name: 'money-equals-entries' }),
  );
});
