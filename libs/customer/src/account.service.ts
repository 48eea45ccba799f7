import { Injectable } from '@nestjs/common';
import { newId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { decideAccount, type AccountRequest, type GroupTerms } from './account';
import { AccountStore } from './account.store';
import { customerErrors } from './customer.errors';
import { actorId } from './customer.service';
import { CustomerStore } from './customer.store';

/** Opens the accounts that bills are issued to. */
@Injectable()
export class AccountService {
  constructor(
    private readonly transactions: Transactions,
    private readonly customers: CustomerStore,
    private readonly accounts: AccountStore,
  ) {}

  /**
   * Opens an account in a balance group of its own, or in an existing one, whose accounts may share allowances and discounts.
   * @throws DomainError `customer_not_found`, `balance_group_not_found`, `account_not_found`, and as decideAccount.
   */
  async open(request: AccountRequest, idempotencyKey: string): Promise<{ accountId: string }> {
    return this.transactions.once('openAccount', idempotencyKey, request, async (tx) => {
      if (!(await this.customers.find(tx, request.customerId)))
        throw customerErrors.customerNotFound(request.customerId);
      const group = request.balanceGroupId ? await this.groupOf(tx, request.balanceGroupId) : null;
      const beside = request.billedWithAccountId
        ? await this.accountOf(tx, request.billedWithAccountId)
        : null;
      const ids = { accountId: newId(), balanceGroupId: newId() };
      const account = decideAccount(request, ids, tx.now, group, beside);
      if (!group) await this.accounts.insertGroup(tx, account);
      await this.accounts.insert(tx, account, actorId());
      tx.emit('account.opened.v1', {
        aggregateId: account.accountId,
        lane: account.lane,
        version: 1,
        payload: account,
      });
      return { accountId: account.accountId };
    });
  }

  private async accountOf(tx: Tx, accountId: string): Promise<GroupTerms> {
    const [account] = await this.accounts.findMany(tx, [accountId]);
    if (!account) throw customerErrors.accountNotFound(accountId);
    return account;
  }

  private async groupOf(tx: Tx, balanceGroupId: string): Promise<GroupTerms> {
    const group = await this.accounts.findGroupTerms(tx, balanceGroupId);
    if (!group) throw customerErrors.balanceGroupNotFound(balanceGroupId);
    return group;
  }
}
