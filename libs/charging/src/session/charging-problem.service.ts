import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { domainErrorOf, DomainLogger, problemOf } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { refusalAnswer, type SessionAnswer } from './charging-answer';
import { ChargingRefusal } from './charging-refusal';

/** Says every error of the charging function as ProblemDetails (TS 29.571 §5.2.4.1). */
@Catch()
export class ChargingProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: DomainLogger) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const { status, body } = problemAnswer(thrown, this.logger);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    await reply.status(status).header('content-type', 'application/problem+json').send(body);
  }
}

/** What is answered to a request that failed. A defect of ours is logged, and says nothing about itself. */
export function problemAnswer(thrown: unknown, logger: DomainLogger): SessionAnswer {
  if (thrown instanceof ChargingRefusal) return refusalAnswer(thrown);
  const { status, problem } = problemOf(thrown);
  if (!domainErrorOf(thrown)) logger.error('Unexpected error', thrown);
  const cause = status === 500 ? 'SYSTEM_FAILURE' : problem.code.toUpperCase();
  return refusalAnswer(new ChargingRefusal(status, cause, problem.message));
}
