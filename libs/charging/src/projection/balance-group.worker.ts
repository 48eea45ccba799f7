import { Injectable } from '@nestjs/common';
import { isDomainError } from '@ronghe/kernel';
import { OnJob, PendingWork, Queries, Transactions, type JsonObject } from '@ronghe/platform';
import { findGroupless, saveBalanceGroups, type AccountGroup } from './balance-group.store';

const ASK_BALANCE_GROUPS = 'charging.askBalanceGroups';

/** Accounts that are asked about before the answers are kept. */
const ACCOUNTS_AT_ONCE = 20;

/** Asks the customer domain for the balance groups of accounts of which charging has a stand-in only, each once. */
@Injectable()
export class BalanceGroupWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly queries: Queries,
  ) {}

  @OnJob(ASK_BALANCE_GROUPS)
  async ask(): Promise<void> {
    while (await this.askSome());
  }

  @PendingWork(ASK_BALANCE_GROUPS)
  async unknown(): Promise<JsonObject[]> {
    return (await this.transactions.read((tx) => findGroupless(tx, 1))).length > 0 ? [{}] : [];
  }

  private async askSome(): Promise<boolean> {
    const groupless = await this.transactions.read((tx) => findGroupless(tx, ACCOUNTS_AT_ONCE));
    if (groupless.length === 0) return false;
    const accounts = await Promise.all(groupless.map((account) => this.groupOf(account)));
    await this.transactions.run((tx) => saveBalanceGroups(tx, accounts));
    return true;
  }

  /** An account that nobody knows any more keeps its stand-in. */
  private async groupOf(account: AccountGroup): Promise<AccountGroup> {
    const { accountId, lane } = account;
    try {
      const { balanceGroupId } = await this.queries.ask('customer.getAccount', { accountId });
      return { accountId, lane, balanceGroupId };
    } catch (error) {
      if (isDomainError(error) && error.kind !== 'unavailable') return account;
      throw error;
    }
  }
}
