import type { Tx } from '@ronghe/platform';
import { AccountBook } from '../balance/account-book';
import type { AccountBooks } from '../balance/account-books.service';
import type { OnlineAccount } from './online-account';
import { SessionBooks } from './session-books.service';

const MANY = 20_000;

const account = (n: number): OnlineAccount => ({
  accountId: `account ${n}`,
  lane: 0,
  zone: 'Asia/Shanghai',
  billDay: 1,
  paymentMode: 'prepaid',
  sharesMoney: false,
  capsSpending: false,
  balanceGroupId: 'group',
  productsVersion: 1,
});

/** A database in which nothing was published, and the accounts that were read from it. */
function world() {
  const read: string[] = [];
  const client = { query: () => Promise.resolve({ rows: [] }) };
  const tx = {
    query: () => Promise.resolve([{ stamp: 'same' }]),
    client: () => Promise.resolve(client),
  } as unknown as Tx;
  const accountBooks = {
    open: (_: Tx, accountIds: readonly string[]) => {
      read.push(...accountIds);
      return Promise.resolve(new AccountBook([], [], []));
    },
  } as AccountBooks;
  return { tx, read, books: new SessionBooks(accountBooks) };
}

it('reads an account once, and again when its products have changed', async () => {
  const { tx, read, books } = world();
  await books.open(tx, [account(1)]);
  await books.open(tx, [account(1)]);
  await books.open(tx, [{ ...account(1), productsVersion: 2 }]);
  expect(read).toEqual(['account 1', 'account 1']);
});

it('has every account of a batch, also of the one at which it forgets the others', async () => {
  const { tx, books } = world();
  await books.open(
    tx,
    Array.from({ length: MANY }, (_, n) => account(n)),
  );
  const opened = await books.open(tx, [account(0), account(MANY)]);
  expect([...opened.keys()].sort()).toEqual(['account 0', `account ${MANY}`]);
});
