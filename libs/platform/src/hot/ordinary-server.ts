import { Transform, type TransformCallback } from 'node:stream';
import fastifyHttpProxy from '@fastify/http-proxy';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DomainError } from '@ronghe/kernel';
import type { TokenVerifier } from '../auth/token-verifier';
import { handOn } from '../host/hand-on';
import { BODY_LIMIT_BYTES } from '../host/listener';
import { domainErrorOf } from '../rest/problem';
import { refuse } from '../rest/refuse';

/** So long a request may take to come in: those that stand still would take the connections of all that is handed on. */
const REQUEST_MS = 30_000;
/** As Fastify says it. */
const TOO_LARGE = { statusCode: 413 };
const NOT_FOUND = { statusCode: 404 };

/**
 * Hands requests on to the process that listens at `upstream`, as the network thread does with what takes the ordinary way. A token
 * that comes so is checked here too: the next request with it may take the short one.
 * @param upstream empty as long as nobody listens
 * @param failed is told of defects of ours
 * @param requestMs so long a request may take to come in, and up to a third longer
 */
export async function ordinaryServer(
  upstream: () => string,
  tokens: TokenVerifier,
  failed: (error: unknown) => void,
  requestMs = REQUEST_MS,
): Promise<FastifyInstance> {
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    if (domainErrorOf(error) === null) failed(error);
    refuse(request, reply, error);
  };
  const server = fastify({
    requestTimeout: requestMs,
    http: { headersTimeout: requestMs, connectionsCheckingInterval: Math.ceil(requestMs / 3) },
    // What comes while it closes is answered too, and its connection is closed.
    return503OnClosing: false,
    frameworkErrors: answerError,
  });
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((request, reply) => refuse(request, reply, NOT_FOUND));
  server.addHook('onRequest', (request, reply, done) => {
    void learnToken(request, tokens);
    // Nobody would read it: who is handed it on hangs up in the midst of it.
    if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) refuse(request, reply, TOO_LARGE);
    else if (upstream() === '') refuse(request, reply, notReady());
    else done();
  });
  server.addHook('preParsing', (request, _reply, body, done) => {
    if (request.headers['transfer-encoding'] === undefined) return done(null, body);
    const counted = counting(BODY_LIMIT_BYTES);
    // A body that breaks off ends what is handed on too.
    body.on('error', (error) => counted.destroy(error));
    done(null, body.pipe(counted));
  });
  const replyOptions = {
    ...handOn,
    getUpstream: upstream,
    // The client was told to go on already; who is handed the request on has no need to say so again.
    rewriteRequestHeaders: (request: FastifyRequest, headers: Record<string, unknown>) => ({
      ...handOn.rewriteRequestHeaders(request, headers),
      expect: undefined,
    }),
    onError(reply: FastifyReply, { error }: { error: Error }) {
      // What is left of the body nobody reads: its connection would stay for ever.
      if (!reply.request.raw.complete) void reply.header('connection', 'close');
      refuse(reply.request, reply, error.cause instanceof BodyTooLarge ? TOO_LARGE : notReady());
    },
  };
  await server.register(fastifyHttpProxy, { upstream: '', replyOptions } as never);
  await server.ready();
  return server;
}

class BodyTooLarge extends Error {}

/** Passes on what comes, and fails once that is more than allowed. */
function counting(limitBytes: number): Transform {
  let left = limitBytes;
  return new Transform({
    transform(chunk: Buffer, _encoding: string, done: TransformCallback) {
      left -= chunk.length;
      if (left < 0) done(new BodyTooLarge());
      else done(null, chunk);
    },
  });
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
