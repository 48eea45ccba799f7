import { Injectable } from '@nestjs/common';
import type { Tx } from '@ronghe/platform';
import type { AccountBook } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { countOffers } from '../projection/document.store';
import type { OnlineAccount } from './batch-read.store';

/** Accounts whose products are remembered; then all are forgotten. */
const ACCOUNTS_LIMIT = 20_000;
/** A published offer is known within so long. */
const FRESH_MS = 1000;

/**
 * The products and offers of accounts, read again when their version says that they have changed. Projections only: balances
 * are never kept.
 */
@Injectable()
export class SessionBooks {
  private readonly books = new Map<string, { version: number; book: AccountBook }>();
  private offerCount = -1;
  private offersAt = -Infinity;

  constructor(private readonly accountBooks: AccountBooks) {}

  /** The book of each account, at least as new as the given versions. */
  async open(tx: Tx, accounts: readonly OnlineAccount[]): Promise<ReadonlyMap<string, AccountBook>> {
    await this.forgetIfOffersChanged(tx);
    const missing = accounts.filter(
      ({ accountId, productsVersion }) => this.books.get(accountId)?.version !== productsVersion,
    );
    if (missing.length > 0) await this.load(tx, missing);
    return new Map(
      accounts.flatMap(({ accountId }) => {
        const known = this.books.get(accountId);
        return known ? [[accountId, known.book] as const] : [];
      }),
    );
  }

  private async load(tx: Tx, missing: readonly OnlineAccount[]): Promise<void> {
    const book = await this.accountBooks.open(
      tx,
      missing.map(({ accountId }) => accountId),
    );
    if (this.books.size + missing.length > ACCOUNTS_LIMIT) this.books.clear();
    for (const { accountId, productsVersion } of missing)
      this.books.set(accountId, { version: productsVersion, book });
  }

  private async forgetIfOffersChanged(tx: Tx): Promise<void> {
    if (performance.now() - this.offersAt <= FRESH_MS) return;
    this.offersAt = performance.now();
    const count = await countOffers(tx);
    if (count === this.offerCount) return;
    this.offerCount = count;
    this.books.clear();
  }
}
