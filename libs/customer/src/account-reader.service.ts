import { Injectable } from '@nestjs/common';
import { Transactions } from '@ronghe/platform';
import type { Account } from './account';
import { AccountStore } from './account.store';

/** Reads accounts, always in batches. */
@Injectable()
export class AccountReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountStore,
  ) {}

  /** Accounts in the order of the ids; null where there is none. */
  async byIds(accountIds: readonly string[]): Promise<(Account | null)[]> {
    const found = await this.transactions.read((tx) => this.accounts.findMany(tx, accountIds));
    const byId = new Map(found.map((account) => [account.accountId, account]));
    return accountIds.map((id) => byId.get(id) ?? null);
  }

  /** At most `limit` accounts of each customer behind the account `after`, in the order of the customers. */
  async byCustomers(
    customerIds: readonly string[],
    after: string | null,
    limit: number,
  ): Promise<Account[][]> {
    const found = await this.transactions.read((tx) =>
      this.accounts.findByCustomers(tx, customerIds, after, limit),
    );
    return customerIds.map((id) => found.filter((account) => account.customerId === id));
  }
}
