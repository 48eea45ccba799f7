import { Injectable } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { execute, parse, validate, type DocumentNode, type ExecutionResult } from 'graphql';
import { PlatformLogger } from '../telemetry/logger.service';
import { newGraphQLContext, type GraphQLContext } from './graphql-context';
import { withClientErrors } from './graphql-error';
import { SubgraphSchemas } from './subgraph.driver';

export interface SubgraphRequest {
  document: DocumentNode;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
}

/** Executes operations on a hosted subgraph. */
@Injectable()
export class SubgraphExecutor {
  constructor(
    private readonly schemas: SubgraphSchemas,
    private readonly logger: PlatformLogger,
  ) {}

  /** An operation that the gateway has planned. @throws DomainError `domain_unknown`. */
  async execute(
    domain: DomainName,
    request: SubgraphRequest,
    context: GraphQLContext,
  ): Promise<ExecutionResult> {
    const result = await execute({
      schema: this.schemaOf(domain),
      document: request.document,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue: context,
    });
    return withClientErrors(result, this.logger);
  }

  /** An operation as text, from a gateway in another process. */
  async executeText(
    domain: DomainName,
    body: { query: string; variables?: Record<string, unknown>; operationName?: string },
  ): Promise<ExecutionResult> {
    const document = parse(body.query);
    const errors = validate(this.schemaOf(domain), document);
    if (errors.length > 0) return { errors };
    return this.execute(
      domain,
      { document, variables: body.variables, operationName: body.operationName },
      newGraphQLContext(),
    );
  }

  private schemaOf(domain: DomainName) {
    const schema = this.schemas.get(domain);
    if (!schema) throw new DomainError('domain_unknown', 'not_found', `${domain} does not run here.`);
    return schema;
  }
}
