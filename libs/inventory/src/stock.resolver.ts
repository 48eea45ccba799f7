import { Args, Mutation, Query, ResolveField, Resolver, Context, Parent } from '@nestjs/graphql';
import type { ResourceKind } from '@ronghe/contracts';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { graphqlName, wordOf } from './graphql-names';
import { AddStockDto, OpenStockPlaceDto } from './stock.dto';
import { StockService } from './stock.service';
import type { StockLevel, StockPlace } from './stock.store';

/** Stock at the GraphQL edge: what comes in, where it lies. */
@Resolver('StockLevel')
export class StockResolver {
  constructor(private readonly stock: StockService) {}

  @Roles('counter', 'operations')
  @Query('stockPlaces')
  async stockPlaces(): Promise<StockPlace[]> {
    return this.stock.places();
  }

  @Roles('counter', 'operations')
  @Query('stockLevels')
  async stockLevels(@Args('placeCode') placeCode: string | null | undefined): Promise<StockLevel[]> {
    return this.stock.levels(placeCode ?? null);
  }

  @Roles('operations')
  @Mutation('openStockPlace')
  async openStockPlace(
    @Args('input') input: OpenStockPlaceDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<StockPlace> {
    return this.stock.openPlace({ code: input.code, name: input.name }, idempotencyKey);
  }

  @Roles('operations')
  @Mutation('addStock')
  async addStock(@Args('input') input: AddStockDto, @Args('idempotencyKey') idempotencyKey: string) {
    const { first, firstImsi, count, placeCode } = input;
    const kind = wordOf<ResourceKind>(input.kind);
    const range = { kind, first, count, ...(firstImsi ? { firstImsi } : {}) };
    const receipt = await this.stock.add(range, placeCode, idempotencyKey);
    return { ...receipt, kind: graphqlName(receipt.kind) };
  }

  @ResolveField('kind')
  kind(@Parent() level: StockLevel): string {
    return graphqlName(level.kind);
  }

  @ResolveField('state')
  state(@Parent() level: StockLevel): string {
    return graphqlName(level.state);
  }

  @ResolveField('place')
  async place(@Parent() level: StockLevel, @Context() context: GraphQLContext): Promise<StockPlace | null> {
    return placeOf(this.stock, context, level.placeCode);
  }
}

/** The place of a code, batched over the request. */
export async function placeOf(
  stock: StockService,
  context: GraphQLContext,
  code: string,
): Promise<StockPlace | null> {
  return loaderOf(context, 'inventory.place', (codes: readonly string[]) => stock.placesByCode(codes)).load(
    code,
  );
}
