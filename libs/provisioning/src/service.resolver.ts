import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { ServiceOrderReader } from './service-order-reader.service';
import type { Service } from './service.store';

/** Services at the GraphQL edge. */
@Resolver('Service')
export class ServiceResolver {
  @ResolveField('state')
  state(@Parent() service: Service): string {
    return service.barring === null ? service.state.toUpperCase() : 'BARRED';
  }

  @ResolveField('barring')
  barring(@Parent() { barring }: Service): string | null {
    return barring && barring.toUpperCase().replaceAll('-', '_');
  }

  @ResolveField('characteristics')
  characteristics(@Parent() service: Service): { name: string; value: string }[] {
    return Object.entries(service.characteristics).map(([name, value]) => ({ name, value }));
  }
}

/** What provisioning adds to a product. */
@Resolver('Product')
export class ProductServicesResolver {
  constructor(private readonly reader: ServiceOrderReader) {}

  @Roles('counter', 'operations')
  @ResolveField('services')
  async services(
    @Parent() product: { productId: string },
    @Context() context: GraphQLContext,
  ): Promise<Service[]> {
    const load = (ids: readonly string[]) => this.reader.ofProducts(ids);
    return (await loaderOf(context, 'provisioning.ofProduct', load).load(product.productId)) ?? [];
  }
}
