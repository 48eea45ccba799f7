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

/** What is wrong with a request itself, in graphql-js' and Apollo's own words. */
const requestErrors = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);
/** How the executor for remote subgraphs says that one could not be reached or answered nonsense. */
const peerErrors = new Set(['SUBREQUEST_HTTP_ERROR', 'DOWNSTREAM_SERVICE_ERROR']);

/**
 * The last word on an error: domains' errors have a kind and go out as they are, and so do errors of the request.
 * What is neither says only that it failed: the text of a foreign error may name hosts, tables or code.
 */
function formatError(error: GraphQLFormattedError): GraphQLFormattedError {
  const code = String(error.extensions?.['code']);
  if (error.extensions?.['kind'] !== undefined || requestErrors.has(code)) return error;
  if (peerErrors.has(code)) {
    const extensions = { code: 'peer_unavailable', kind: 'unavailable', details: {} };
    return { ...error, message: 'A part of the operator does not answer: try again shortly.', extensions };
  }
  return {
    ...error,
    message: 'Something went wrong on our side.',
    extensions: { code: 'internal_error', kind: 'internal' },
  };
}
