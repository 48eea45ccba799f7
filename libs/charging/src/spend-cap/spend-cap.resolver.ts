import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { SetSpendCapDto } from './spend-cap.dto';
import { spendCapView } from './spend-cap.view';
import { SpendCaps } from './spend-caps.service';

type SpendCapView = ReturnType<typeof spendCapView>;

/** What a product may spend. */
@Resolver('Product')
export class ProductSpendCapResolver {
  constructor(private readonly caps: SpendCaps) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('spendCap')
  async ofProduct(
    @Parent() { productId }: { productId: string },
    @Context() context: GraphQLContext,
  ): Promise<SpendCapView | null> {
    const loader = loaderOf(context, 'charging.spendCaps', (ids: readonly string[]) =>
      this.caps.ofProducts(ids),
    );
    const found = await loader.load(productId);
    return found ? spendCapView(found) : null;
  }
}

/** Setting what a product may spend. */
@Resolver()
export class SpendCapResolver {
  constructor(private readonly caps: SpendCaps) {}

  @Roles('counter')
  @Mutation('setSpendCap')
  async set(
    @Args('input') { productId, amount, per, atLimit, reason }: SetSpendCapDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<SpendCapView | null> {
    const request = {
      ...{ productId, amount: amount ?? null, reason },
      per: per === 'DAY' ? ('day' as const) : ('period' as const),
      atLimit: atLimit === 'BLOCK' ? ('block' as const) : ('notify' as const),
    };
    const set = await this.caps.set(request, idempotencyKey);
    return set ? spendCapView(set) : null;
  }
}
