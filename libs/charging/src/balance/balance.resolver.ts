import { Args, Context, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStartId,
  Roles,
  type Connection,
  type GraphQLContext,
} from '@ronghe/platform';
import type { Bucket, RatedUsage } from '../generated/graphql';
import { UsageReader } from '../usage/usage-reader.service';
import { usageView } from '../usage/usage.view';
import { BalanceReader } from './balance-reader.service';
import { bucketView } from './bucket.view';

/** What charging adds to a product: what it may use. */
@Resolver('Product')
export class ProductResolver {
  constructor(private readonly balances: BalanceReader) {}

  @ResolveReference()
  resolveReference({ productId }: { productId: string }): { productId: string } {
    return { productId };
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('buckets')
  async buckets(
    @Parent() { productId }: { productId: string },
    @Args('period') period: string | undefined,
    @Context() context: GraphQLContext,
  ): Promise<Bucket[]> {
    const loader = loaderOf(context, `charging.productBuckets/${period ?? ''}`, (ids: readonly string[]) =>
      this.balances.ofProducts(ids, period ?? null),
    );
    return ((await loader.load(productId)) ?? []).map(bucketView);
  }
}

/** What charging adds to an account: what its products may use, and what they used. */
@Resolver('Account')
export class AccountResolver {
  constructor(
    private readonly balances: BalanceReader,
    private readonly usages: UsageReader,
  ) {}

  @ResolveReference()
  resolveReference({ accountId }: { accountId: string }): { accountId: string } {
    return { accountId };
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('buckets')
  async buckets(
    @Parent() { accountId }: { accountId: string },
    @Args('period') period: string | undefined,
    @Context() context: GraphQLContext,
  ): Promise<Bucket[]> {
    const loader = loaderOf(context, `charging.accountBuckets/${period ?? ''}`, (ids: readonly string[]) =>
      this.balances.ofAccounts(ids, period ?? null),
    );
    return ((await loader.load(accountId)) ?? []).map(bucketView);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('usage')
  async usage(
    @Parent() { accountId }: { accountId: string },
    @Args('period') period: string,
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ): Promise<Connection<RatedUsage>> {
    const page = { first, after };
    const rows = await this.usages.page(accountId, period, {
      after: pageStartId(page),
      limit: pageLimit(page),
    });
    return connectionOf(rows.map(usageView), page, (usage) => usage.usageId);
  }
}
