import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import type { TokenSigner } from '../auth/token-signer.service';
import type { PlatformConfig } from '../config/platform-config';
import { runInContext, traceIdOf, type RequestContext } from '../context/request-context';
import type { Metrics } from '../telemetry/metrics.service';
import { refuse } from '../rest/refuse';

/** Gives every request its context (trace, actor, channel), keeps strangers out of `/internal`, counts and times. */
export function installHttpContext(
  fastify: FastifyInstance,
  config: PlatformConfig,
  tokens: TokenSigner,
  metrics: Metrics,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    contextOf(request, config, tokens).then(
      (context) => runInContext(context, done),
      (error: unknown) => refuse(request, reply, error),
    );
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requestSeconds.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
}

async function contextOf(
  request: FastifyRequest,
  config: PlatformConfig,
  tokens: TokenSigner,
): Promise<RequestContext> {
  const traceId = traceIdOf(header(request, 'traceparent'));
  // The route that was found decides, not the URL as written: `/%69nternal` leads to `/internal` too.
  const route = request.routeOptions.url ?? '';
  if (route.startsWith('/internal')) {
    if (!isInternal(header(request, 'x-ronghe-internal'), config.internalToken)) {
      throw new DomainError('route_not_found', 'not_found', 'There is nothing at this address.');
    }
    const actor = JSON.parse(decodeURIComponent(header(request, 'x-ronghe-actor') ?? 'null')) as Actor | null;
    const reason = header(request, 'x-ronghe-reason');
    return { traceId, actor, channel: 'internal', ...(reason ? { reason: decodeURIComponent(reason) } : {}) };
  }
  const bearer = /^Bearer (.+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  const actor = bearer ? await tokens.verify(bearer) : null;
  return { traceId, actor, channel: route.startsWith('/graphql') ? 'graphql' : 'rest' };
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function isInternal(given: string | undefined, expected: string): boolean {
  const a = Buffer.from(given ?? '');
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
