import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { readSdl, type DomainManifest } from '../host/domain-manifest';
import { withEntityResolvers, type ResolverMap } from './entity-resolvers';
import { subgraphTypeDefs } from './federation-sdl';
import { SubgraphDriver, SubgraphSchemas, type SubgraphOptions } from './subgraph.driver';

/** One executable GraphQL schema per hosted domain, from its SDL and the resolvers of its own module. */
@Module({})
export class SubgraphsModule {
  static forDomains(manifests: readonly DomainManifest[]): DynamicModule {
    return { module: SubgraphsModule, imports: manifests.map(subgraphOf) };
  }
}

function subgraphOf(manifest: DomainManifest): DynamicModule {
  const sdl = readSdl(manifest);
  // Nest's type of the option does not know that it passes an array of maps.
  return GraphQLModule.forRootAsync<SubgraphOptions>({
    driver: SubgraphDriver,
    inject: [SubgraphSchemas],
    useFactory: (schemas: SubgraphSchemas): Omit<SubgraphOptions, 'driver'> => ({
      domain: manifest.name,
      schemas,
      typeDefs: subgraphTypeDefs(sdl),
      transformResolvers: (found) => withEntityResolvers(sdl, found as ResolverMap | ResolverMap[]),
      include: [manifest.module],
      // Without this, guards do not run on entity references and field resolvers.
      fieldResolverEnhancers: ['guards'],
      path: '',
    }),
  });
}
