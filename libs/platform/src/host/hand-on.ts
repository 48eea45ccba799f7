import type { FastifyRequest } from 'fastify';

/** How a request is handed on to another process. */
export const handOn = {
  /** It says which host the client asked, so that its resources' addresses are right. */
  rewriteRequestHeaders: (request: FastifyRequest, headers: Record<string, unknown>) => ({
    ...headers,
    host: request.host,
  }),
  /** Whoever asked tries again, not we. */
  retryDelay: () => null,
};
