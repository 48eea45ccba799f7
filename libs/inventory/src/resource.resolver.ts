import { Args, Context, Parent, Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import type { ResourceKind } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStart,
  Roles,
  type Connection,
  type GraphQLContext,
} from '@ronghe/platform';
import { graphqlName, wordOf } from './graphql-names';
import type { NumberKind } from './number-plan';
import type { StoredResource } from './resource-row';
import { placeOf } from './stock.resolver';
import { StockService } from './stock.service';
import type { StockPlace } from './stock.store';

/** Units of stock at the GraphQL edge. */
@Resolver('Resource')
export class ResourceResolver {
  constructor(private readonly stock: StockService) {}

  @Roles('counter', 'operations')
  @Query('resource')
  async resource(
    @Args('value') value: string,
    @Args('kind') kind: Uppercase<ResourceKind> | null | undefined,
  ): Promise<StoredResource | null> {
    return this.stock.byValue(value, kind ? wordOf<ResourceKind>(kind) : null);
  }

  @Roles('counter', 'operations')
  @Query('availableNumbers')
  async availableNumbers(
    @Args('kind') kind: Uppercase<NumberKind>,
    @Args('pattern') pattern: string | null | undefined,
    @Args('placeCode') placeCode: string | null | undefined,
    @Args('first') first: number | null | undefined,
    @Args('after') after: string | null | undefined,
  ): Promise<Connection<StoredResource>> {
    const page = { first, after };
    const rows = await this.stock.freeNumbers({
      kind: wordOf<NumberKind>(kind),
      pattern: pattern ?? null,
      placeCode: placeCode ?? null,
      after: pageStart(page),
      limit: pageLimit(page),
    });
    return connectionOf(rows, page, (row) => row.value);
  }

  @Roles('counter', 'operations')
  @ResolveReference()
  async reference(
    representation: { resourceId: string },
    context: GraphQLContext,
  ): Promise<StoredResource | null> {
    const load = (ids: readonly string[]) => this.stock.byIds(ids);
    return loaderOf(context, 'inventory.resource', load).load(representation.resourceId);
  }

  @ResolveField('kind')
  kind(@Parent() resource: StoredResource): string {
    return graphqlName(resource.kind);
  }

  @ResolveField('imsi')
  imsi(@Parent() resource: StoredResource): string | null {
    return resource.attributes['imsi'] ?? null;
  }

  @ResolveField('grade')
  grade(@Parent() resource: StoredResource): string | null {
    return resource.grade === null ? null : graphqlName(resource.grade);
  }

  @ResolveField('state')
  state(@Parent() resource: StoredResource): string {
    return graphqlName(resource.situation.state);
  }

  @ResolveField('orderId')
  orderId(@Parent() { situation }: StoredResource): string | null {
    return 'orderId' in situation ? situation.orderId : null;
  }

  @ResolveField('until')
  until(@Parent() { situation }: StoredResource): Instant | null {
    return 'until' in situation ? situation.until : null;
  }

  @ResolveField('place')
  async place(
    @Parent() resource: StoredResource,
    @Context() context: GraphQLContext,
  ): Promise<StockPlace | null> {
    return placeOf(this.stock, context, resource.placeCode);
  }
}
