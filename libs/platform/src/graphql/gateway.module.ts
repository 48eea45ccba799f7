import { Module, type DynamicModule } from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import type { GraphQLFormattedError } from 'graphql';
import { PlatformConfig } from '../config/platform-config';
import type { DomainManifest } from '../host/domain-manifest';
import { HostedDomains } from '../host/hosted-domains';
import { newGraphQLContext } from './graphql-context';
import { gatewaySchema } from './gateway-schema';
import { operationLimits } from './operation-limits';
import { SubgraphExecutor } from './subgraph-executor.service';

/** The one GraphQL endpoint that people and partners use, over all domains. */
@Module({})
export class GatewayModule {
  static over(manifests: readonly DomainManifest[]): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [PlatformConfig, HostedDomains, SubgraphExecutor],
          useFactory: (config: PlatformConfig, hosted: HostedDomains, local: SubgraphExecutor) => {
            const schema = gatewaySchema(manifests, new Set(hosted.names), config, local);
            return {
              schema,
              include: [],
              path: '/graphql',
              playground: false,
              introspection: true,
              includeStacktraceInErrorResponses: false,
              context: newGraphQLContext,
              formatError,
              ...operationLimits(schema),
            };
          },
        }),
      ],
    };
  }
}

/** The last word on an error: what is not ours to explain says only that it failed. */
function formatError(error: GraphQLFormattedError): GraphQLFormattedError {
  if (error.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return error;
  return { ...error, message: 'Something went wrong on our side.', extensions: { code: 'internal_error', kind: 'internal' } };
}
