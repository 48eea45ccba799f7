import { Injectable } from '@nestjs/common';
import { AbstractGraphQLDriver, type GqlModuleOptions } from '@nestjs/graphql';
import type { DomainName } from '@ronghe/contracts';
import type { GraphQLSchema } from 'graphql';

/** Every hosted subgraph's executable schema, by domain. */
export class SubgraphSchemas {
  private readonly schemas = new Map<DomainName, GraphQLSchema>();

  set(domain: DomainName, schema: GraphQLSchema): void {
    this.schemas.set(domain, schema);
  }

  get(domain: DomainName): GraphQLSchema | undefined {
    return this.schemas.get(domain);
  }
}

export interface SubgraphOptions extends GqlModuleOptions {
  domain: DomainName;
  schemas: SubgraphSchemas;
}

/**
 * Builds a domain's executable schema and serves nothing by itself: the gateway executes it in process, and
 * `/internal/graphql/:domain` over HTTP. So a subgraph is never reachable from outside.
 */
@Injectable()
export class SubgraphDriver extends AbstractGraphQLDriver<SubgraphOptions> {
  async start(options: SubgraphOptions & { schema?: GraphQLSchema }): Promise<void> {
    if (!options.schema) throw new Error(`No schema for the subgraph ${options.domain}`);
    options.schemas.set(options.domain, options.schema);
  }

  async stop(): Promise<void> {
    // Nothing listens.
  }
}
