import { Args, Context, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { moneyToDecimal, subtractMoney, zeroMoney } from '@ronghe/kernel';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { BalanceService, LIST_LIMIT } from './balance.service';
import { openItemView, paymentView, type OpenItemView, type PaymentView } from './receivables.view';

interface AccountRef {
  accountId: string;
}

/** What receivables adds to an account: balance, unpaid bills, payments. */
@Resolver('Account')
export class AccountResolver {
  constructor(private readonly balances: BalanceService) {}

  @ResolveReference()
  resolveReference(reference: AccountRef): AccountRef {
    return { accountId: reference.accountId };
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('balance')
  async balance(@Parent() account: AccountRef, @Context() context: GraphQLContext): Promise<string> {
    const balance = await this.balanceOf(account, context);
    return moneyToDecimal(balance ? subtractMoney(balance.receivable, balance.credit) : zeroMoney);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('credit')
  async credit(@Parent() account: AccountRef, @Context() context: GraphQLContext): Promise<string> {
    return moneyToDecimal((await this.balanceOf(account, context))?.credit ?? zeroMoney);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('openItems')
  async openItems(
    @Parent() account: AccountRef,
    @Context() context: GraphQLContext,
  ): Promise<OpenItemView[]> {
    const loader = loaderOf(context, 'receivables.openItems', (ids: readonly string[]) =>
      this.balances.openItems(ids),
    );
    return ((await loader.load(account.accountId)) ?? []).map(openItemView);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('payments')
  async payments(
    @Parent() account: AccountRef,
    @Args('first') first: number,
    @Context() context: GraphQLContext,
  ): Promise<PaymentView[]> {
    const loader = loaderOf(context, 'receivables.payments', (ids: readonly string[]) =>
      this.balances.payments(ids),
    );
    const count = Math.min(Math.max(first, 0), LIST_LIMIT);
    return ((await loader.load(account.accountId)) ?? []).slice(0, count).map(paymentView);
  }

  private balanceOf(account: AccountRef, context: GraphQLContext) {
    const loader = loaderOf(context, 'receivables.balances', (ids: readonly string[]) =>
      this.balances.balances(ids),
    );
    return loader.load(account.accountId);
  }
}
