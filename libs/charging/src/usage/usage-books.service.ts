import { Injectable } from '@nestjs/common';
import type { Tx } from '@ronghe/platform';
import type { AccountBook } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { findProductsVersions } from '../projection/account.store';
import { ratingStamp } from '../projection/document.store';
import type { NumberHolder } from './guide';
import { UsageBook } from './usage-book';

/** Accounts whose products are remembered; then all are forgotten. */
const ACCOUNTS_LIMIT = 40_000;

/**
 * The products and prices of accounts for batches of usage. What was read before is read again when the account's version,
 * or what was published, says in the batch's own transaction that it has changed. Projections only: balances are never
 * kept.
 */
@Injectable()
export class UsageBooks {
  private readonly known = new Map<string, { version: number; stamp: string; book: AccountBook }>();

  constructor(private readonly accountBooks: AccountBooks) {}

  /** A book of the holders' products; accounts that are not known are missing from it. */
  async open(tx: Tx, holders: readonly NumberHolder[]): Promise<UsageBook> {
    const accountIds = [...new Set(holders.map((holder) => holder.accountId))];
    const stamp = await ratingStamp(tx);
    const byAccount = new Map<string, AccountBook>();
    const missing = new Map<string, number>();
    const versions = await findProductsVersions(tx, accountIds);
    for (const [accountId, version] of versions) {
      const known = this.known.get(accountId);
      if (known?.version === version && known.stamp === stamp) byAccount.set(accountId, known.book);
      else missing.set(accountId, version);
    }
    if (missing.size > 0) await this.load(tx, missing, stamp, byAccount);
    const byProduct = new Map<string, AccountBook>();
    for (const { productId, accountId } of holders) {
      const book = byAccount.get(accountId);
      if (book) byProduct.set(productId, book);
    }
    return new UsageBook(byAccount, byProduct, versions);
  }

  private async load(
    tx: Tx,
    missing: ReadonlyMap<string, number>,
    stamp: string,
    byAccount: Map<string, AccountBook>,
  ): Promise<void> {
    const book = await this.accountBooks.open(tx, [...missing.keys()]);
    if (this.known.size + missing.size > ACCOUNTS_LIMIT) this.known.clear();
    for (const [accountId, version] of missing) {
      byAccount.set(accountId, book);
      this.known.set(accountId, { version, stamp, book });
    }
  }
}
