import { Injectable } from '@nestjs/common';
import { newId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { decideAccount, type AccountRequest } from './account';
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
   * Opens an account in a balance group of its own.
   * @throws DomainError `customer_not_found`, and as decideAccount.
   */
  async open(request: AccountRequest, idempotencyKey: string): Promise<{ accountId: string }> {
    return this.transactions.once('openAccount', idempotencyKey, request, async (tx) => {
      if (!(await this.customers.find(tx, request.customerId)))
        throw customerErrors.customerNotFound(request.customerId);
      const account = decideAccount(request, { accountId: newId(), balanceGroupId: newId() }, tx.now);
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
}
