import { Injectable } from '@nestjs/common';
import type { ProductState } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';
import type { AccountBook } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { ratingStamp } from '../projection/document.store';
import type { OnlineAccount } from './online-account';
import { findPlainAccounts } from './plain-account.store';

/** Accounts whose products are remembered; then all are forgotten, as one book is that of many accounts. */
const ACCOUNTS_LIMIT = 20_000;
/** What is published is known within so long. */
const FRESH_MS = 1000;

/**
 * The products and offers of accounts, read again when their version, or what was published, says that they have changed.
 * Projections only: balances are never kept.
 */
@Injectable()
export class SessionBooks {
  private readonly books = new Map<string, { version: number; stamp: string; book: AccountBook }>();
  /** What had been published when that was last asked. */
  stamp = '';
  private stampedAt = -Infinity;

  constructor(private readonly accountBooks: AccountBooks) {}

  /** The book of each account, at least as new as the given versions. */
  async open(tx: Tx, accounts: readonly OnlineAccount[]): Promise<ReadonlyMap<string, AccountBook>> {
    const stamp = await this.stampOf(tx);
    const found = new Map<string, AccountBook>();
    const missing: OnlineAccount[] = [];
    for (const account of accounts) {
      const known = this.books.get(account.accountId);
      if (known?.version === account.productsVersion && known.stamp === stamp)
        found.set(account.accountId, known.book);
      else missing.push(account);
    }
    if (missing.length === 0) return found;
    const read = await this.read(tx, missing, stamp);
    this.keep(missing, read, stamp);
    for (const { accountId } of missing) {
      const book = read.get(accountId);
      if (book) found.set(accountId, book);
    }
    return found;
  }

  /** An account's book as it is remembered, under what was published when that was last asked; undefined: it has to be read. */
  find({ accountId, productsVersion }: OnlineAccount): AccountBook | undefined {
    const known = this.books.get(accountId);
    return known?.version === productsVersion && known.stamp === this.stamp ? known.book : undefined;
  }

  /**
   * Remembers accounts that share nothing and were given nothing by their products, where the offers are known that these are
   * sold under.
   * @param stamp of what had been published before they were read
   */
  keepPlain(
    plain: readonly { account: OnlineAccount; products: readonly ProductState[] }[],
    stamp: string,
  ): void {
    this.keep(
      plain.map(({ account }) => account),
      this.accountBooks.knownPlain(plain, stamp),
      stamp,
    );
  }

  private keep(
    accounts: readonly OnlineAccount[],
    books: ReadonlyMap<string, AccountBook>,
    stamp: string,
  ): void {
    if (this.books.size + accounts.length > ACCOUNTS_LIMIT) this.books.clear();
    for (const { accountId, productsVersion } of accounts) {
      const book = books.get(accountId);
      if (book) this.books.set(accountId, { version: productsVersion, stamp, book });
    }
  }

  /** Whether what was published was asked for a moment ago, so that what is remembered counts. */
  isFresh(): boolean {
    return performance.now() - this.stampedAt <= FRESH_MS;
  }

  /** One book of many accounts, for what is done for all of them at once; it is not remembered. */
  together(tx: Tx, accountIds: readonly string[]): Promise<AccountBook> {
    return this.accountBooks.open(tx, accountIds);
  }

  /** Plain accounts together; a book of one that shares holds all with which it does. */
  private async read(
    tx: Tx,
    accounts: readonly OnlineAccount[],
    stamp: string,
  ): Promise<ReadonlyMap<string, AccountBook>> {
    const plain = await findPlainAccounts(
      tx,
      accounts.map(({ accountId }) => accountId),
    );
    const isPlain = new Set(plain.map(({ account }) => account.accountId));
    const others = accounts.filter(({ accountId }) => !isPlain.has(accountId));
    const books = new Map<string, AccountBook>();
    if (plain.length > 0) {
      const products = plain.flatMap((each) => each.products);
      const book = await this.accountBooks.openPlain(
        tx,
        plain.map(({ account }) => account),
        products,
        stamp,
      );
      for (const accountId of isPlain) books.set(accountId, book);
    }
    if (others.length > 0) {
      const ids = others.map(({ accountId }) => accountId);
      const book = await this.accountBooks.open(tx, ids);
      for (const accountId of ids) books.set(accountId, book);
    }
    return books;
  }

  private async stampOf(tx: Tx): Promise<string> {
    if (!this.isFresh()) {
      this.stamp = await ratingStamp(tx);
      this.stampedAt = performance.now();
    }
    return this.stamp;
  }
}
