import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import type { ExecutionResult } from 'graphql';
import { Public } from '../auth/access';
import { SubgraphExecutor } from './subgraph-executor.service';

/** A hosted subgraph for a gateway in another process; behind the internal token like all of `/internal`. */
@Controller('internal/graphql')
@Public()
export class SubgraphController {
  constructor(private readonly executor: SubgraphExecutor) {}

  @Post(':domain')
  @HttpCode(200)
  async post(
    @Param('domain') domain: DomainName,
    @Body() body: { query: string; variables?: Record<string, unknown>; operationName?: string },
  ): Promise<ExecutionResult> {
    return this.executor.executeText(domain, body);
  }
}
