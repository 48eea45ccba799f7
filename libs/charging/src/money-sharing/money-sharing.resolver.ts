import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { EndMoneySharingDto, ShareMoneyDto } from './money-sharing.dto';
import { moneyShareUseView, moneySharingView } from './money-sharing.view';
import { MoneySharings } from './money-sharings.service';

type MoneySharingView = ReturnType<typeof moneySharingView>;

/** Who pays for whom. */
@Resolver('Account')
export class AccountMoneySharingResolver {
  constructor(private readonly sharings: MoneySharings) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('moneySharings')
  async ofAccount(
    @Parent() { accountId }: { accountId: string },
    @Context() context: GraphQLContext,
  ): Promise<MoneySharingView[]> {
    const loader = loaderOf(context, 'charging.moneySharings', (ids: readonly string[]) =>
      this.sharings.ofAccounts(ids),
    );
    return ((await loader.load(accountId)) ?? []).map(moneySharingView);
  }
}

/** What a member used of its owner's money. */
@Resolver('MoneySharing')
export class MoneySharingUseResolver {
  constructor(private readonly sharings: MoneySharings) {}

  @ResolveField('use')
  async use(@Parent() { sharing }: MoneySharingView, @Args('period') period: string | undefined) {
    return moneyShareUseView(sharing, await this.sharings.use(sharing, period ?? null));
  }
}

/** Letting an account pay for another, and ending it. */
@Resolver()
export class MoneySharingResolver {
  constructor(private readonly sharings: MoneySharings) {}

  @Roles('counter')
  @Mutation('shareMoney')
  async share(
    @Args('input') { ownerAccountId, memberAccountId, cap, reason }: ShareMoneyDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<MoneySharingView> {
    const request = { ownerAccountId, memberAccountId, cap: cap ?? null, reason };
    return moneySharingView(await this.sharings.share(request, idempotencyKey));
  }

  @Roles('counter')
  @Mutation('endMoneySharing')
  async end(
    @Args('input') { accountId, sharingId, reason }: EndMoneySharingDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<MoneySharingView> {
    return moneySharingView(await this.sharings.end({ accountId, sharingId, reason }, idempotencyKey));
  }
}
