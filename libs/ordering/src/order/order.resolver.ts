import {
  Args,
  Context,
  Mutation,
  Parent,
  Query,
  ResolveField,
  ResolveReference,
  Resolver,
} from '@nestjs/graphql';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { changeOfDto, ChangeProductsDto, moveOfDto, MoveProductsDto } from './change-products.dto';
import { publicState } from './order';
import { OrderReader } from './order-reader.service';
import type { OrderItemRecord, OrderRecord, OrderStateRecord } from './order-record';
import {
  OrderDto,
  orderOfDto,
  ResumeProductsDto,
  resumptionOfDto,
  SuspendProductsDto,
  suspensionOfDto,
  TerminateProductsDto,
  terminationOfDto,
} from './order.dto';
import { OrderService } from './order.service';
import { stateName, type OrderStateName } from './order-state-name';

/** Orders at the GraphQL edge. */
@Resolver('Order')
export class OrderResolver {
  constructor(
    private readonly service: OrderService,
    private readonly reader: OrderReader,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('order')
  async order(
    @Args('orderId') orderId: string,
    @Args('waitSeconds') waitSeconds: number | null | undefined,
  ): Promise<OrderRecord | null> {
    return this.reader.waitFor(orderId, waitSeconds ?? 0);
  }

  @Roles('counter', 'partner')
  @Mutation('placeOrder')
  async placeOrder(
    @Args('input') input: OrderDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<OrderRecord> {
    const { orderId } = await this.service.place(orderOfDto(input), idempotencyKey);
    return this.reader.get(orderId);
  }

  @Roles('counter')
  @Mutation('terminateProducts')
  async terminateProducts(
    @Args('input') input: TerminateProductsDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<OrderRecord> {
    const { orderId } = await this.service.place(terminationOfDto(input), idempotencyKey);
    return this.reader.get(orderId);
  }

  @Roles('counter')
  @Mutation('changeProducts')
  async changeProducts(
    @Args('input') input: ChangeProductsDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<OrderRecord> {
    const { orderId } = await this.service.place(changeOfDto(input), idempotencyKey);
    return this.reader.get(orderId);
  }

  @Roles('counter')
  @Mutation('moveProducts')
  async moveProducts(
    @Args('input') input: MoveProductsDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<OrderRecord> {
    const { orderId } = await this.service.place(moveOfDto(input), idempotencyKey);
    return this.reader.get(orderId);
  }

  @Roles('counter', 'operations')
  @Mutation('suspendProducts')
  async suspendProducts(
    @Args('input') input: SuspendProductsDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<OrderRecord> {
    const { orderId } = await this.service.place(suspensionOfDto(input), idempotencyKey);
    return this.reader.get(orderId);
  }

  @Roles('counter', 'operations')
  @Mutation('resumeProducts')
  async resumeProducts(
    @Args('input') input: ResumeProductsDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<OrderRecord> {
    const { orderId } = await this.service.place(resumptionOfDto(input), idempotencyKey);
    return this.reader.get(orderId);
  }

  @Roles('counter', 'operations')
  @Mutation('cancelOrder')
  async cancelOrder(
    @Args('orderId') orderId: string,
    @Args('reason') reason: string,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<OrderRecord> {
    await this.service.cancel(orderId, reason, idempotencyKey);
    return this.reader.get(orderId);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveReference()
  async reference(representation: { orderId: string }, context: GraphQLContext): Promise<OrderRecord | null> {
    const load = (ids: readonly string[]) => this.reader.byIds(ids);
    return loaderOf(context, 'order.byId', load).load(representation.orderId);
  }

  @ResolveField('kind')
  kind(@Parent() order: OrderRecord): string {
    return order.kind.toUpperCase();
  }

  @ResolveField('state')
  state(@Parent() order: OrderRecord): OrderStateName {
    return stateName(publicState(order.state));
  }

  @ResolveField('step')
  step(@Parent() order: OrderRecord): string {
    return order.state;
  }

  @ResolveField('customer')
  customer(@Parent() order: OrderRecord): { customerId: string } {
    return { customerId: order.customerId };
  }

  @ResolveField('account')
  account(@Parent() order: OrderRecord): { accountId: string } {
    return { accountId: order.accountId };
  }

  @ResolveField('bundleOfferingCode')
  bundleOfferingCode(@Parent() order: OrderRecord): string | null {
    return order.bundle?.offeringCode ?? null;
  }

  @ResolveField('items')
  async items(@Parent() order: OrderRecord, @Context() context: GraphQLContext): Promise<OrderItemRecord[]> {
    const load = (ids: readonly string[]) => this.reader.items(ids);
    return (await loaderOf(context, 'order.items', load).load(order.orderId)) ?? [];
  }

  @ResolveField('history')
  async history(
    @Parent() order: OrderRecord,
    @Context() context: GraphQLContext,
  ): Promise<OrderStateRecord[]> {
    const load = (ids: readonly string[]) => this.reader.histories(ids);
    return (await loaderOf(context, 'order.history', load).load(order.orderId)) ?? [];
  }
}
