import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { moneyToDecimal, zeroMoney } from '@ronghe/kernel';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { noAging } from '../aging/aging';
import { LIST_LIMIT } from '../balance.service';
import { AccountMoney } from './account-money.service';
import { movementAnswer } from './movement-book.service';
import { agingView, movementView, settledPartView } from './settlement.view';

interface AccountRef {
  accountId: string;
}

/** What settlement adds to an account: deposit, ages, allocations, movements. */
@Resolver('Account')
export class AccountMoneyResolver {
  constructor(private readonly money: AccountMoney) {}

  @Roles('billing', 'operations')
  @Query('agingTotals')
  async agingTotals() {
    return agingView(await this.money.agingTotals());
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('deposit')
  async deposit(@Parent() account: AccountRef, @Context() context: GraphQLContext): Promise<string> {
    const loader = loaderOf(context, 'receivables.deposits', (ids: readonly string[]) =>
      this.money.deposits(ids),
    );
    return moneyToDecimal((await loader.load(account.accountId)) ?? zeroMoney);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('aging')
  async aging(@Parent() account: AccountRef, @Context() context: GraphQLContext) {
    const loader = loaderOf(context, 'receivables.aging', (ids: readonly string[]) => this.money.aging(ids));
    return agingView((await loader.load(account.accountId)) ?? noAging);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('allocations')
  async allocations(@Parent() account: AccountRef, @Context() context: GraphQLContext) {
    const loader = loaderOf(context, 'receivables.allocations', (ids: readonly string[]) =>
      this.money.allocations(ids),
    );
    return ((await loader.load(account.accountId)) ?? []).map(settledPartView);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('movements')
  async movements(
    @Parent() account: AccountRef,
    @Args('first') first: number,
    @Context() context: GraphQLContext,
  ) {
    const loader = loaderOf(context, 'receivables.movements', (ids: readonly string[]) =>
      this.money.movements(ids),
    );
    const count = Math.min(Math.max(first, 0), LIST_LIMIT);
    const movements = ((await loader.load(account.accountId)) ?? []).slice(0, count);
    return movements.map((movement) => movementView(movementAnswer(movement)));
  }
}
