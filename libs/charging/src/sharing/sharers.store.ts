import { groupBy } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findAccounts, findProducts, type ChargingAccount } from '../projection/account.store';
import type { PlacedBucket } from '../balance/group-period';
import { bucketsOfAccount, type UsableBucket } from './account-buckets';
import { findSharings } from './sharing.store';

/** The accounts with which some accounts share, and what that means for whose buckets are whose. */
export interface Sharers {
  /** Accounts that were not asked for and whose buckets may be used. */
  others: ChargingAccount[];
  /** The buckets that an account's products may use, of all that were read. */
  bucketsOf(accountId: string, buckets: readonly PlacedBucket[]): UsableBucket[];
}

/** Looks for accounts with which the given ones share; most share with none, and nothing more is read. */
export async function findSharers(tx: Tx, accounts: readonly ChargingAccount[]): Promise<Sharers> {
  const between = (await findSharings(tx, accounts)).filter(
    ({ accountId, memberAccountId }) => accountId !== memberAccountId,
  );
  const sharing = new Set(between.flatMap(({ accountId, memberAccountId }) => [accountId, memberAccountId]));
  const known = new Set(accounts.map(({ accountId }) => accountId));
  const others = await findAccounts(
    tx,
    [...sharing].filter((accountId) => !known.has(accountId)),
  );
  const own = accounts.filter(({ accountId }) => sharing.has(accountId));
  const products = groupBy(await findProducts(tx, own), ({ accountId }) => accountId);
  return {
    others,
    bucketsOf: (accountId, buckets) => {
      const held = products.get(accountId);
      if (held) return bucketsOfAccount(accountId, held, buckets);
      return buckets.flatMap((bucket) =>
        bucket.accountId === accountId ? [{ ...bucket, member: null }] : [],
      );
    },
  };
}
