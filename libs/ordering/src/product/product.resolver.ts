import { Args, Context, Parent, Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import type { LocalizedText, ProductBlock, ProductState } from '@ronghe/contracts';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { OrderReader } from '../order/order-reader.service';
import type { OrderRecord } from '../order/order-record';
import { blockName, roleName, type BlockKindName, type ProductRoleName } from '../order/order.dto';
import { barringOf, openBlocks } from './block';
import { ContractReader } from './contract-reader.service';
import type { ContractView } from './contract-view';
import { isNumberKind, statusOf, type ProductStatus } from './product';
import { ProductReader } from './product-reader.service';

/** Installed products at the GraphQL edge: their latest state. */
@Resolver('Product')
export class ProductResolver {
  constructor(
    private readonly reader: ProductReader,
    private readonly orders: OrderReader,
    private readonly contracts: ContractReader,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('product')
  async product(
    @Args('productId') productId: string,
    @Context() context: GraphQLContext,
  ): Promise<ProductState | null> {
    return this.load(context, productId);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveReference()
  async reference(
    representation: { productId: string },
    context: GraphQLContext,
  ): Promise<ProductState | null> {
    return this.load(context, representation.productId);
  }

  @ResolveField('customer')
  customer(@Parent() product: ProductState): { customerId: string } {
    return { customerId: product.customerId };
  }

  @ResolveField('account')
  account(@Parent() product: ProductState): { accountId: string } {
    return { accountId: product.accountId };
  }

  @ResolveField('order')
  async order(
    @Parent() product: ProductState,
    @Context() context: GraphQLContext,
  ): Promise<OrderRecord | null> {
    const load = (ids: readonly string[]) => this.orders.byIds(ids);
    return loaderOf(context, 'order.byId', load).load(product.orderId);
  }

  @ResolveField('name')
  async name(@Parent() product: ProductState, @Context() context: GraphQLContext): Promise<string> {
    return (await this.offeringName(product, context))?.en ?? product.offeringCode;
  }

  @ResolveField('nameZh')
  async nameZh(@Parent() product: ProductState, @Context() context: GraphQLContext): Promise<string> {
    return (await this.offeringName(product, context))?.['zh-CN'] ?? product.offeringCode;
  }

  @ResolveField('role')
  role(@Parent() product: ProductState): ProductRoleName {
    return roleName(product.role);
  }

  @ResolveField('number')
  number(@Parent() product: ProductState): string | null {
    return product.resources.find((resource) => isNumberKind(resource.kind))?.value ?? null;
  }

  @ResolveField('status')
  status(@Parent() product: ProductState): Uppercase<ProductStatus> {
    return statusOf(product).toUpperCase() as Uppercase<ProductStatus>;
  }

  @ResolveField('blocks')
  blocks(@Parent() product: ProductState): object[] {
    return openBlocks(product).map(blockView);
  }

  @ResolveField('barring')
  barring(@Parent() product: ProductState): BlockKindName | null {
    const barring = barringOf(openBlocks(product));
    return barring && blockName(barring);
  }

  @ResolveField('contract')
  async contract(
    @Parent() product: ProductState,
    @Context() context: GraphQLContext,
  ): Promise<object | null> {
    const load = (ids: readonly string[]) => this.contracts.ofProducts(ids);
    const view = await loaderOf(context, 'product.contract', load).load(product.productId);
    return view && contractFields(view);
  }

  @ResolveField('earlierTerms')
  earlierTerms(@Parent() product: ProductState): object[] {
    return (product.earlierTerms ?? []).map((terms) => ({ ...terms, role: roleName(terms.role) }));
  }

  @ResolveField('history')
  async history(@Parent() product: ProductState, @Context() context: GraphQLContext): Promise<object[]> {
    const load = (ids: readonly string[]) => this.reader.histories(ids);
    const versions = (await loaderOf(context, 'product.history', load).load(product.productId)) ?? [];
    return versions.map(
      ({ version, cause, recordedAt, recordedBy, state: { effectiveFrom, effectiveTo, blocks } }) => ({
        version,
        cause,
        effectiveFrom,
        effectiveTo,
        recordedAt,
        recordedBy,
        blocks: (blocks ?? []).map(blockView),
      }),
    );
  }

  private load(context: GraphQLContext, productId: string): Promise<ProductState | null> {
    const load = (ids: readonly string[]) => this.reader.states(ids);
    return loaderOf(context, 'product.byId', load).load(productId);
  }

  private offeringName(product: ProductState, context: GraphQLContext): Promise<LocalizedText | null> {
    const load = (keys: readonly string[]) => this.reader.offeringNames(keys);
    const key = `${product.offeringCode}@${product.offeringVersion}`;
    return loaderOf(context, 'product.offeringName', load).load(key);
  }
}

function contractFields({ label, terminationFeeExplanation, benefits, ...contract }: ContractView): object {
  return {
    ...contract,
    label: label.en,
    labelZh: label['zh-CN'],
    terminationFeeExplanation: terminationFeeExplanation?.en ?? null,
    terminationFeeExplanationZh: terminationFeeExplanation?.['zh-CN'] ?? null,
    benefits: benefits.map(({ label: name, kind, ...benefit }) => ({
      ...benefit,
      kind: kind.toUpperCase(),
      label: name.en,
      labelZh: name['zh-CN'],
    })),
  };
}

function blockView({ kind, reason, orderId, from, to }: ProductBlock): object {
  return { kind: blockName(kind), reason: blockName(reason), orderId, from, to };
}
