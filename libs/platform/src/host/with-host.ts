import type { FastifyRequest } from 'fastify';

/** A request that is handed on says which host the client asked, so that its resources' addresses are right. */
export function withHost(request: FastifyRequest, headers: Record<string, unknown>): Record<string, unknown> {
  return { ...headers, host: request.host };
}
