import { GraphQLError, type ExecutionResult } from 'graphql';
import type { PlatformLogger } from '../telemetry/logger.service';
import { domainErrorOf, problemOf } from '../rest/problem';

/** Replaces every error of a result by what a client may know: code, kind, details; never a stack. */
export function withClientErrors(result: ExecutionResult, logger: PlatformLogger): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => clientError(error, logger)) };
}

function clientError(error: GraphQLError, logger: PlatformLogger): GraphQLError {
  const cause = error.originalError;
  if (!cause || error.extensions['kind']) return error;
  const { problem } = problemOf(cause);
  if (!domainErrorOf(cause)) logger.error('Unexpected error in a resolver', cause);
  return new GraphQLError(problem.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: { code: problem.code, kind: problem.kind, details: problem.details },
  });
}
