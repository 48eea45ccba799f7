import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import type { DomainName } from '@ronghe/contracts';
import type { GraphQLSchema } from 'graphql';
import type { PlatformConfig } from '../config/platform-config';
import { requestContext, traceparentOf } from '../context/request-context';
import { readSdl, type DomainManifest } from '../host/domain-manifest';
import type { GraphQLContext } from './graphql-context';
import type { SubgraphExecutor } from './subgraph-executor.service';
import { composeSupergraph } from './supergraph';

type Executor = NonNullable<
  Parameters<
    NonNullable<Parameters<typeof getStitchedSchemaFromSupergraphSdl>[0]['onSubschemaConfig']>
  >[0]['executor']
>;

/**
 * The gateway's executable schema over all subgraphs: hosted ones are executed in process, the others over
 * HTTP at their peer's internal address, with the actor and the trace of the request.
 */
export function gatewaySchema(
  manifests: readonly DomainManifest[],
  hosted: ReadonlySet<DomainName>,
  config: PlatformConfig,
  local: SubgraphExecutor,
): GraphQLSchema {
  const supergraphSdl = composeSupergraph(
    manifests.map((manifest) => ({
      name: manifest.name,
      url: `http://${manifest.name}.internal`,
      sdl: readSdl(manifest),
    })),
  );
  return getStitchedSchemaFromSupergraphSdl({
    supergraphSdl,
    batch: true,
    onSubschemaConfig: (subschema) => {
      const domain = manifests.find((manifest) => manifest.name === subschema.name.toLowerCase())?.name;
      if (!domain) throw new Error(`Unknown subgraph ${subschema.name}`);
      subschema.executor = hosted.has(domain) ? inProcess(domain, local) : overHttp(domain, config);
    },
  });
}

function inProcess(domain: DomainName, local: SubgraphExecutor): Executor {
  return (request) =>
    local.execute(
      domain,
      {
        document: request.document,
        variables: request.variables as Record<string, unknown>,
        operationName: request.operationName,
      },
      request.context as unknown as GraphQLContext,
    ) as never;
}

function overHttp(domain: DomainName, config: PlatformConfig): Executor {
  const base = config.peers[domain];
  if (!base) throw new Error(`RONGHE_PEERS does not say where ${domain} runs`);
  return buildHTTPExecutor({
    endpoint: `${base}/internal/graphql/${domain}`,
    headers: () => {
      const { actor, traceId } = requestContext();
      return {
        'x-ronghe-internal': config.internalToken,
        'x-ronghe-actor': encodeURIComponent(JSON.stringify(actor)),
        traceparent: traceparentOf(traceId),
      };
    },
  }) as Executor;
}
