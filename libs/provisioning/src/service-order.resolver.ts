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
import type { Instant } from '@ronghe/kernel';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStart,
  Roles,
  Transactions,
  type Connection,
  type GraphQLContext,
} from '@ronghe/platform';
import { provisioningError } from './provisioning.errors';
import type { ServiceOrder } from './service-order';
import { ServiceOrderReader } from './service-order-reader.service';
import { ServiceOrderService } from './service-order.service';

/** Service orders at the GraphQL edge. */
@Resolver('ServiceOrder')
export class ServiceOrderResolver {
  constructor(
    private readonly reader: ServiceOrderReader,
    private readonly serviceOrders: ServiceOrderService,
    private readonly transactions: Transactions,
  ) {}

  @Roles('counter', 'operations')
  @Query('serviceOrder')
  async serviceOrder(@Args('serviceOrderId') serviceOrderId: string): Promise<ServiceOrder | null> {
    const [order] = await this.reader.byIds([serviceOrderId]);
    return order ?? null;
  }

  @Roles('counter', 'operations')
  @Query('serviceOrders')
  async ofOrder(@Args('orderId') orderId: string): Promise<ServiceOrder[]> {
    const [orders] = await this.reader.ofOrders([orderId]);
    return orders ?? [];
  }

  @Roles('operations')
  @Query('openServiceOrders')
  async openServiceOrders(
    @Args('first') first: number | null | undefined,
    @Args('after') after: string | null | undefined,
  ): Promise<Connection<ServiceOrder>> {
    const page = { first, after };
    const rows = await this.reader.open(pageStart(page), pageLimit(page));
    return connectionOf(rows, page, (order) => order.serviceOrderId);
  }

  @Roles('operations')
  @Mutation('retryServiceOrder')
  async retry(
    @Args('serviceOrderId') serviceOrderId: string,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<ServiceOrder> {
    await this.transactions.once('provisioning.retryServiceOrder', idempotencyKey, { serviceOrderId }, (tx) =>
      this.serviceOrders.retry(tx, serviceOrderId),
    );
    const [order] = await this.reader.byIds([serviceOrderId]);
    if (!order) throw provisioningError('service_order_not_found', { serviceOrderId });
    return order;
  }

  @Roles('counter', 'operations')
  @ResolveReference()
  async reference(
    representation: { serviceOrderId: string },
    context: GraphQLContext,
  ): Promise<ServiceOrder | null> {
    const load = (ids: readonly string[]) => this.reader.byIds(ids);
    return loaderOf(context, 'provisioning.serviceOrder', load).load(representation.serviceOrderId);
  }

  @ResolveField('action')
  action(@Parent() order: ServiceOrder): string {
    return order.action.toUpperCase();
  }

  @ResolveField('state')
  state(@Parent() { progress }: ServiceOrder): string {
    return progress.state.toUpperCase();
  }

  @ResolveField('reason')
  reason(@Parent() { progress }: ServiceOrder): string | null {
    return 'reason' in progress ? progress.reason : null;
  }

  @ResolveField('error')
  error(@Parent() { progress }: ServiceOrder): string | null {
    return 'error' in progress ? progress.error : null;
  }

  @ResolveField('finishedAt')
  finishedAt(@Parent() { progress }: ServiceOrder): Instant | null {
    return 'finishedAt' in progress ? progress.finishedAt : null;
  }

  @ResolveField('productIds')
  productIds(@Parent() order: ServiceOrder): string[] {
    return order.items.map((item) => item.productId);
  }

  @ResolveField('tasks')
  tasks(@Parent() order: ServiceOrder): object[] {
    return order.tasks.map((task) => ({ ...task, state: task.state.toUpperCase() }));
  }
}

/** What provisioning adds to a product order. */
@Resolver('Order')
export class OrderServicesResolver {
  constructor(private readonly reader: ServiceOrderReader) {}

  @Roles('counter', 'operations')
  @ResolveField('serviceOrders')
  async serviceOrders(
    @Parent() order: { orderId: string },
    @Context() context: GraphQLContext,
  ): Promise<ServiceOrder[]> {
    const load = (ids: readonly string[]) => this.reader.ofOrders(ids);
    return (await loaderOf(context, 'provisioning.ofOrder', load).load(order.orderId)) ?? [];
  }
}
