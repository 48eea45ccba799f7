import { Injectable } from '@nestjs/common';
import type { QueryAnswer, QueryInput } from '@ronghe/contracts';
import { OnQuery, type Tx } from '@ronghe/platform';
import { AccountStore } from './account.store';
import { customerErrors } from './customer.errors';
import { CustomerStore } from './customer.store';

/** The read ports that ordering asks before it takes an order. */
@Injectable()
export class CustomerQueries {
  constructor(
    private readonly customers: CustomerStore,
    private readonly accounts: AccountStore,
  ) {}

  /** @throws DomainError `customer_not_found`. */
  @OnQuery('customer.getCustomer')
  async getCustomer(
    input: QueryInput<'customer.getCustomer'>,
    tx: Tx,
  ): Promise<QueryAnswer<'customer.getCustomer'>> {
    const customer = await this.customers.find(tx, input.customerId);
    if (!customer) throw customerErrors.customerNotFound(input.customerId);
    return { customerId: customer.customerId, realNameVerified: customer.realNameVerifiedAt !== null };
  }

  /** @throws DomainError `account_not_found`. */
  @OnQuery('customer.getAccount')
  async getAccount(
    input: QueryInput<'customer.getAccount'>,
    tx: Tx,
  ): Promise<QueryAnswer<'customer.getAccount'>> {
    const [account] = await this.accounts.findMany(tx, [input.accountId]);
    if (!account) throw customerErrors.accountNotFound(input.accountId);
    return account;
  }
}
