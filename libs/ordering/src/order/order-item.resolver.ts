import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ProductState } from '@ronghe/contracts';
import { loaderOf, type GraphQLContext } from '@ronghe/platform';
import { ProductReader } from '../product/product-reader.service';
import { publicState } from './order';
import type { OrderItemRecord, OrderStateRecord } from './order-record';
import {
  blockName,
  roleName,
  type BlockKindName,
  type BlockReasonName,
  type ProductRoleName,
} from './order.dto';
import { stateName, type OrderStateName } from './order-state-name';

/** Items of an order at the GraphQL edge. */
@Resolver('OrderItem')
export class OrderItemResolver {
  constructor(private readonly products: ProductReader) {}

  @ResolveField('action')
  action(@Parent() item: OrderItemRecord): string {
    return item.action.toUpperCase();
  }

  @ResolveField('role')
  role(@Parent() item: OrderItemRecord): ProductRoleName {
    return roleName(item.role);
  }

  @ResolveField('blockReason')
  blockReason(@Parent() { blockReason }: OrderItemRecord): BlockReasonName | null {
    return blockReason && blockName(blockReason);
  }

  @ResolveField('blockKind')
  blockKind(@Parent() { blockKind }: OrderItemRecord): BlockKindName | null {
    return blockKind && blockName(blockKind);
  }

  @ResolveField('product')
  async product(
    @Parent() item: OrderItemRecord,
    @Context() context: GraphQLContext,
  ): Promise<ProductState | null> {
    const load = (ids: readonly string[]) => this.products.states(ids);
    return loaderOf(context, 'product.byId', load).load(item.productId);
  }
}

/** States of an order's history at the GraphQL edge. */
@Resolver('OrderStateChange')
export class OrderStateChangeResolver {
  @ResolveField('state')
  state(@Parent() change: OrderStateRecord): OrderStateName {
    return stateName(publicState(change.state));
  }

  @ResolveField('step')
  step(@Parent() change: OrderStateRecord): string {
    return change.state;
  }
}
