import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { domainErrorOf, DomainLogger, problemOf } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { ChargingRefusal, problemDetailsOf } from './charging-refusal';

/** Says every error of the charging function as ProblemDetails (TS 29.571 §5.2.4.1). */
@Catch()
export class ChargingProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: DomainLogger) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const refusal = thrown instanceof ChargingRefusal ? thrown : this.refusalOf(thrown);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    await reply
      .status(refusal.status)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(problemDetailsOf(refusal)));
  }

  private refusalOf(thrown: unknown): ChargingRefusal {
    const { status, problem } = problemOf(thrown);
    if (!domainErrorOf(thrown)) this.logger.error('Unexpected error', thrown);
    return new ChargingRefusal(
      status,
      status === 500 ? 'SYSTEM_FAILURE' : problem.code.toUpperCase(),
      problem.message,
    );
  }
}
