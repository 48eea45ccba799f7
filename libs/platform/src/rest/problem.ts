import { HttpException } from '@nestjs/common';
import { DomainError } from '@ronghe/kernel';
import { fromDatabaseError } from '../database/database-error';

/** What a client is told about an error, over REST and GraphQL alike. */
export interface Problem {
  code: string;
  kind: string;
  message: string;
  details: Record<string, unknown>;
}

const statusByKind = {
  invalid: 400,
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  unavailable: 503,
} as const;
const statusByCode: Record<string, number> = {
  unauthenticated: 401,
  body_too_large: 413,
  idempotency_key_reused: 422,
};

/** The domain error behind anything that was thrown; null for a defect of ours. */
export function domainErrorOf(thrown: unknown): DomainError | null {
  const error = fromDatabaseError(thrown);
  if (error instanceof DomainError) return error;
  const status =
    thrown instanceof HttpException
      ? thrown.getStatus()
      : Number((thrown as { statusCode?: unknown })?.statusCode);
  if (status === 404)
    return new DomainError('route_not_found', 'not_found', 'There is nothing at this address.');
  if (status === 413)
    return new DomainError('body_too_large', 'invalid', 'The request body is larger than allowed.');
  if (status >= 400 && status < 500)
    return new DomainError('request_malformed', 'invalid', 'The request could not be read.');
  return null;
}

/** HTTP status and body for an error. A defect of ours says nothing about itself but the trace id. */
export function problemOf(thrown: unknown): { status: number; problem: Problem } {
  const error = domainErrorOf(thrown);
  if (!error) {
    return {
      status: 500,
      problem: {
        code: 'internal_error',
        kind: 'internal',
        message: 'Something went wrong on our side.',
        details: {},
      },
    };
  }
  const { code, kind, message, details } = error;
  return { status: statusByCode[code] ?? statusByKind[kind], problem: { code, kind, message, details } };
}
