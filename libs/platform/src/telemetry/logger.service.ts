import { Injectable, type LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';
import { PlatformConfig } from '../config/platform-config';
import { requestContext } from '../context/request-context';

/** Structured logs on standard output; every line carries the trace id of what it belongs to. */
@Injectable()
export class PlatformLogger implements LoggerService {
  readonly pino: Logger;

  constructor(config: PlatformConfig) {
    this.pino = pino({
      level: config.logLevel,
      base: { service: 'ronghe' },
      mixin: () => ({ traceId: requestContext().traceId }),
      redact: ['identityNumber', 'password', 'token', '*.identityNumber', '*.password', '*.token'],
    });
  }

  log(message: unknown, ...context: unknown[]): void {
    this.pino.debug({ context: context.at(-1) }, String(message));
  }
  info(message: string, fields: object = {}): void {
    this.pino.info(fields, message);
  }
  warn(message: unknown, ...context: unknown[]): void {
    this.pino.warn(fieldsOf(context), String(message));
  }
  error(message: unknown, ...context: unknown[]): void {
    this.pino.error(fieldsOf(context), String(message));
  }
}

function fieldsOf(context: unknown[]): object {
  const last = context.at(-1);
  if (last instanceof Error) return { error: { message: last.message, stack: last.stack } };
  return typeof last === 'object' && last !== null ? last : { context };
}
