import { Injectable } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Queries, Transactions } from '@ronghe/platform';
import { orderingError } from '../ordering.errors';
import { ReferenceStore } from '../reference/reference.store';

/** Makes sure that a customer and an account that were registered a moment ago are known before they order. */
@Injectable()
export class OrderParties {
  constructor(
    private readonly transactions: Transactions,
    private readonly queries: Queries,
    private readonly reference: ReferenceStore,
  ) {}

  /**
   * Asks customer for what its facts have not told yet. To be called before a transaction, never inside one.
   * @throws DomainError customer_not_found, customer_not_verified, account_not_found
   */
  async learn(customerId: string, accountId: string): Promise<void> {
    if (!isId(customerId)) throw orderingError('customer_not_found', { customerId });
    if (!isId(accountId)) throw orderingError('account_not_found', { accountId });
    const known = await this.transactions.read(async (tx) => ({
      customer: await this.reference.hasCustomer(tx, customerId),
      account: (await this.reference.account(tx, accountId)) !== null,
    }));
    if (!known.customer) await this.learnCustomer(customerId);
    if (!known.account) await this.learnAccount(accountId);
  }

  private async learnCustomer(customerId: string): Promise<void> {
    const customer = await this.queries.ask('customer.getCustomer', { customerId });
    if (!customer.realNameVerified) throw orderingError('customer_not_verified', { customerId });
    await this.transactions.run((tx) => this.reference.saveCustomer(tx, customerId, tx.now));
  }

  private async learnAccount(accountId: string): Promise<void> {
    const account = await this.queries.ask('customer.getAccount', { accountId });
    await this.transactions.run((tx) => this.reference.saveAccount(tx, account));
  }
}
