import { Injectable } from '@nestjs/common';
import { billPeriodOf } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findAccounts, findProducts } from '../projection/account.store';
import { compareWithSessions } from './reconciled-usage.store';
import type { UsageReconciliation } from './usage-reconciliation';

/** Compares offline records of usage that is charged online with its sessions (SEMANTICS §4); nothing is rated again. */
@Injectable()
export class Reconciliation {
  constructor(private readonly transactions: Transactions) {}

  /** An account's products and classes with either, in a bill period. @throws DomainError `account_not_found` */
  of(accountId: string, period: string): Promise<UsageReconciliation[]> {
    return this.transactions.read(async (tx) => {
      const [account] = await findAccounts(tx, [accountId]);
      if (!account)
        throw chargingError('account_not_found', 'charging does not know the account', { accountId });
      const products = await findProducts(tx, [account]);
      const { from, to } = billPeriodOf(period, account);
      const productIds = products.map((product) => product.productId);
      return compareWithSessions(tx, { lane: account.lane, accountId, period, productIds, from, to });
    });
  }
}
