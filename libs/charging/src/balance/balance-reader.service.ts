import { Injectable } from '@nestjs/common';
import { billPeriodAt, isId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { mayUse } from '@ronghe/rating';
import { findAccounts, type ChargingAccount } from '../projection/account.store';
import { locateProducts } from '../projection/product.store';
import type { UsableBucket } from '../sharing/account-buckets';
import { findSharers } from '../sharing/sharers.store';
import { findBucketsOfAccounts } from './bucket.store';
import type { PlacedBucket } from './group-period';

/** What may be used: the balances of accounts and products, in batches. */
@Injectable()
export class BalanceReader {
  constructor(private readonly transactions: Transactions) {}

  /**
   * The buckets that each account's products may use in a period (null: its present one), also those that another account
   * shares with them, in the order of the ids; empty for unknown ones.
   */
  ofAccounts(accountIds: readonly string[], period: string | null): Promise<UsableBucket[][]> {
    return this.transactions.read(async (tx) => {
      const accounts = await findAccounts(tx, accountIds.filter(isId));
      const sharers = await findSharers(tx, accounts);
      const buckets = await this.load(tx, [...accounts, ...sharers.others], period);
      return accountIds.map((accountId) => sharers.bucketsOf(accountId, buckets));
    });
  }

  /** The buckets that each product may use, its own, its card group's and those shared with it, in the order of the ids. */
  ofProducts(productIds: readonly string[], period: string | null): Promise<PlacedBucket[][]> {
    return this.transactions.read(async (tx) => {
      const places = new Map(
        (await locateProducts(tx, productIds.filter(isId))).map((place) => [place.productId, place]),
      );
      const accounts = await findAccounts(tx, [
        ...new Set([...places.values()].map((place) => place.accountId)),
      ]);
      const { others } = await findSharers(tx, accounts);
      const buckets = await this.load(tx, [...accounts, ...others], period);
      return productIds.map((productId) => {
        const cardGroupId = places.get(productId)?.cardGroupId;
        return buckets.filter((bucket) =>
          bucket.users
            ? mayUse(bucket, productId)
            : bucket.cardGroupId === cardGroupId &&
              (bucket.productId === null || bucket.productId === productId),
        );
      });
    });
  }

  private load(tx: Tx, accounts: readonly ChargingAccount[], period: string | null): Promise<PlacedBucket[]> {
    const wanted = accounts.map((account) => ({
      lane: account.lane,
      accountId: account.accountId,
      period: period ?? billPeriodAt(tx.now, account).key,
    }));
    return findBucketsOfAccounts(tx, wanted);
  }
}
