import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { UsageClass } from '@ronghe/contracts';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { BalanceReader } from '../balance/balance-reader.service';
import { EndSharingDto, ShareAllowancesDto } from './sharing.dto';
import { sharedUses, sharingView, type SharedUse } from './sharing.view';
import { Sharings } from './sharings.service';

type SharingView = ReturnType<typeof sharingView>;

/** Which card groups of an account use allowances of others. */
@Resolver('Account')
export class AccountSharingResolver {
  constructor(private readonly sharings: Sharings) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('sharings')
  async ofAccount(
    @Parent() { accountId }: { accountId: string },
    @Context() context: GraphQLContext,
  ): Promise<SharingView[]> {
    const loader = loaderOf(context, 'charging.sharings', (ids: readonly string[]) =>
      this.sharings.ofAccounts(ids),
    );
    return ((await loader.load(accountId)) ?? []).map(sharingView);
  }
}

/** What a member has used of what is shared with it. */
@Resolver('Sharing')
export class SharingUseResolver {
  constructor(private readonly balances: BalanceReader) {}

  @ResolveField('uses')
  async uses(
    @Parent() sharing: SharingView,
    @Args('period') period: string | undefined,
    @Context() context: GraphQLContext,
  ): Promise<SharedUse[]> {
    const loader = loaderOf(context, `charging.accountBuckets/${period ?? ''}`, (ids: readonly string[]) =>
      this.balances.ofAccounts(ids, period ?? null),
    );
    return sharedUses(sharing, (await loader.load(sharing.account.accountId)) ?? []);
  }
}

/** Letting products share, and ending it. */
@Resolver()
export class SharingResolver {
  constructor(private readonly sharings: Sharings) {}

  @Roles('counter')
  @Mutation('shareAllowances')
  async share(
    @Args('input') { ownerProductId, memberProductId, caps, reason }: ShareAllowancesDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<SharingView> {
    const wanted = (caps ?? []).map(({ allowanceCode, usageClass, units }) => ({
      allowanceCode: allowanceCode ?? null,
      usageClass: (usageClass?.toLowerCase() ?? null) as UsageClass | null,
      units,
    }));
    const request = { ownerProductId, memberProductId, caps: wanted, reason };
    return sharingView(await this.sharings.share(request, idempotencyKey));
  }

  @Roles('counter')
  @Mutation('endSharing')
  async end(
    @Args('input') { accountId, sharingId, reason }: EndSharingDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<SharingView> {
    return sharingView(await this.sharings.end({ accountId, sharingId, reason }, idempotencyKey));
  }
}
