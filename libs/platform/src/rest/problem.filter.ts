import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestContext } from '../context/request-context';
import { PlatformLogger } from '../telemetry/logger.service';
import { problemOf } from './problem';
import { problemAnswer } from './problem-details';

/** The one mapping from errors to HTTP answers. GraphQL maps its own (graphql/graphql-error.ts). */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: PlatformLogger) {}

  catch(thrown: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return thrown;
    const { status, problem } = problemOf(thrown);
    if (status === 500) this.logger.error('Unexpected error', thrown);
    const http = host.switchToHttp();
    const { url } = http.getRequest<FastifyRequest>();
    const { contentType, body } = problemAnswer(url, status, problem, requestContext().traceId);
    return http
      .getResponse<FastifyReply>()
      .status(status)
      .header('content-type', contentType)
      .send(JSON.stringify(body));
  }
}
