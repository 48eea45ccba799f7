import fastifyHttpProxy from '@fastify/http-proxy';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DomainError } from '@ronghe/kernel';
import type { TokenVerifier } from '../auth/token-verifier';
import { BODY_LIMIT_BYTES } from '../host/listener';
import { withHost } from '../host/with-host';
import { refuse } from '../rest/refuse';

/**
 * Hands requests on to the process that listens at `upstream`, as the network thread does with what takes the ordinary way. A token
 * that comes so is checked here too: the next request with it may take the short one.
 * @param upstream empty as long as nobody listens
 */
export async function ordinaryServer(
  upstream: () => string,
  tokens: TokenVerifier,
): Promise<FastifyInstance> {
  const server = fastify();
  server.addHook('onRequest', (request, reply, done) => {
    void learnToken(request, tokens);
    // Nobody would read it: who is handed it on hangs up in the midst of it.
    if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES)
      refuse(request, reply, { statusCode: 413 });
    else if (upstream() === '') refuse(request, reply, notReady());
    else done();
  });
  const replyOptions = {
    getUpstream: upstream,
    // The client was told to go on already; who is handed the request on has no need to say so again.
    rewriteRequestHeaders: (request: FastifyRequest, headers: Record<string, unknown>) => ({
      ...withHost(request, headers),
      expect: undefined,
    }),
    // Whoever asked tries again, not we.
    retryDelay: () => null,
    onError(reply: FastifyReply) {
      // What is left of the body nobody reads: its connection would stay for ever.
      if (!reply.request.raw.complete) void reply.header('connection', 'close');
      refuse(reply.request, reply, notReady());
    },
  };
  await server.register(fastifyHttpProxy, { upstream: '', replyOptions } as never);
  await server.ready();
  return server;
}

async function learnToken({ headers }: FastifyRequest, tokens: TokenVerifier): Promise<void> {
  const { authorization = '' } = headers;
  // Who sends a bad one is told so by whom the request is handed on to.
  if (authorization.startsWith('Bearer ')) await tokens.verify(authorization.slice(7)).catch(() => undefined);
}

function notReady(): DomainError {
  return new DomainError(
    'not_ready',
    'unavailable',
    'The request could not be handed on: try again shortly.',
  );
}
