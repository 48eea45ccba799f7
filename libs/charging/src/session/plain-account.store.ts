import { arrayOf } from '@ronghe/kernel';
import type { ProductState } from '@ronghe/contracts';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { ACCOUNT_PRODUCTS } from '../projection/account-products.store';
import {
  accountFromRow,
  CHARGING_ACCOUNT_COLUMNS,
  type AccountRow,
  type ChargingAccount,
} from '../projection/account.store';

/** An account that shares nothing and was given nothing, with the latest version of its products, also ended ones. */
export interface PlainAccount {
  account: ChargingAccount;
  products: ProductState[];
}

/**
 * One statement for all that a plain account's book is made of. Nearly all accounts are plain, and who comes for the first
 * time makes his batch wait for it.
 */
const PLAIN: Statement = {
  name: 'charging-plain-accounts',
  text: `select ${CHARGING_ACCOUNT_COLUMNS},
      ${ACCOUNT_PRODUCTS} as products
    from unnest($1::uuid[]) as wanted (account_id) join charging.account a using (account_id)
    where not exists (select from charging.sharing s where s.lane = a.lane and s.balance_group_id = a.balance_group_id)
      and not exists (select from charging.unit_grant g where g.lane = a.lane and g.account_id = a.account_id)`,
};

/** Those of the accounts that are plain; the others are left out. */
export async function findPlainAccounts(tx: Tx, accountIds: readonly string[]): Promise<PlainAccount[]> {
  const rows = await prepared<AccountRow & { products: ProductState[] | null }>(tx, PLAIN, [
    arrayOf(accountIds),
  ]);
  return rows.map(({ products, ...row }) => ({ account: accountFromRow(row), products: products ?? [] }));
}
