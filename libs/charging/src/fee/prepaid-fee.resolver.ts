import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { amountToDecimal, isId } from '@ronghe/kernel';
import { Roles, Transactions } from '@ronghe/platform';
import { findAccounts } from '../projection/account.store';
import { findFees } from './prepaid-fee.store';

/** Recurring fees of a prepaid account. */
@Resolver('Account')
export class AccountFeeResolver {
  constructor(private readonly transactions: Transactions) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('prepaidFees')
  async prepaidFees(@Parent() { accountId }: { accountId: string }, @Args('period') period: string) {
    const fees = await this.transactions.read(async (tx) => {
      const accounts = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
      return findFees(
        tx,
        accounts.map(({ lane }) => ({ lane, accountId, period })),
      );
    });
    return fees.map((fee) => ({
      productId: fee.productId,
      priceCode: fee.priceCode,
      label: fee.label,
      period: fee.period,
      amount: amountToDecimal(fee.amount),
      paid: amountToDecimal(fee.paid),
      dueAt: fee.dueAt,
      blocked: fee.isBlocked,
    }));
  }
}
