import { Args, Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import type { ProductState } from '@ronghe/contracts';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStartId,
  Roles,
  type Connection,
  type GraphQLContext,
  type PageArguments,
} from '@ronghe/platform';
import { ProductReader } from '../product/product-reader.service';
import { OrderReader } from './order-reader.service';
import type { OrderRecord } from './order-record';

type Owner = 'customer_id' | 'account_id';
type ProductArguments = PageArguments & { liveOnly?: boolean | null };

/** Orders and products of many owners at once: one look-up for each page that a query asks for. */
export class OwnedPages {
  constructor(
    private readonly by: Owner,
    private readonly readers: { orders: OrderReader; products: ProductReader },
  ) {}

  async orders(id: string, page: PageArguments, context: GraphQLContext): Promise<Connection<OrderRecord>> {
    const [after, limit] = [pageStartId(page), pageLimit(page)];
    const loader = loaderOf(context, `orders.${this.by} ${limit} ${after ?? ''}`, (ids: readonly string[]) =>
      this.readers.orders.ofOwners(this.by, ids, after, limit),
    );
    return connectionOf((await loader.load(id)) ?? [], page, (order) => order.orderId);
  }

  async products(
    id: string,
    page: ProductArguments,
    context: GraphQLContext,
  ): Promise<Connection<ProductState>> {
    const [after, limit, liveOnly] = [pageStartId(page), pageLimit(page), page.liveOnly ?? false];
    const name = `products.${this.by} ${limit} ${after ?? ''} ${liveOnly}`;
    const loader = loaderOf(context, name, (ids: readonly string[]) =>
      this.readers.products.ofOwners({ by: this.by, ids, liveOnly }, after, limit),
    );
    const products = ((await loader.load(id)) ?? []).map((product) => product.state);
    return connectionOf(products, page, (product) => product.productId);
  }
}

/** What ordering adds to a customer. */
@Resolver('Customer')
export class CustomerOrdersResolver {
  private readonly pages: OwnedPages;

  constructor(orders: OrderReader, products: ProductReader) {
    this.pages = new OwnedPages('customer_id', { orders, products });
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveReference()
  reference({ customerId }: { customerId: string }): { customerId: string } {
    return { customerId };
  }

  @ResolveField('orders')
  async orders(
    @Parent() { customerId }: { customerId: string },
    @Args() page: PageArguments,
    @Context() context: GraphQLContext,
  ): Promise<Connection<OrderRecord>> {
    return this.pages.orders(customerId, page, context);
  }

  @ResolveField('products')
  async products(
    @Parent() { customerId }: { customerId: string },
    @Args() page: ProductArguments,
    @Context() context: GraphQLContext,
  ): Promise<Connection<ProductState>> {
    return this.pages.products(customerId, page, context);
  }
}

/** What ordering adds to an account. */
@Resolver('Account')
export class AccountOrdersResolver {
  private readonly pages: OwnedPages;

  constructor(orders: OrderReader, products: ProductReader) {
    this.pages = new OwnedPages('account_id', { orders, products });
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveReference()
  reference({ accountId }: { accountId: string }): { accountId: string } {
    return { accountId };
  }

  @ResolveField('orders')
  async orders(
    @Parent() { accountId }: { accountId: string },
    @Args() page: PageArguments,
    @Context() context: GraphQLContext,
  ): Promise<Connection<OrderRecord>> {
    return this.pages.orders(accountId, page, context);
  }

  @ResolveField('products')
  async products(
    @Parent() { accountId }: { accountId: string },
    @Args() page: ProductArguments,
    @Context() context: GraphQLContext,
  ): Promise<Connection<ProductState>> {
    return this.pages.products(accountId, page, context);
  }
}
