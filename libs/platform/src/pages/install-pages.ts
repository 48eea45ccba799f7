import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PlatformConfig } from '../config/platform-config';
import type { DomainManifest } from '../host/domain-manifest';
import { startPage, type Place } from './start-page';

const GRAPHQL_PATH = '/graphql';
const HTML = 'text/html; charset=utf-8';

/** The pages run their own script and style and nothing else, talk to their own origin, and lie in no frame. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

const generalPlaces: readonly Place[] = [
  { path: GRAPHQL_PATH, text: 'GraphQL: try it here 在线查询', isLink: true },
  { path: '/auth/token', text: 'POST: sign in 登录', isLink: false },
];
const operationsPlaces: readonly Place[] = [
  { path: '/health/ready', text: 'health 健康检查', isLink: true },
  { path: '/metrics', text: 'Prometheus metrics 指标', isLink: true },
  { path: '/clock', text: 'business clock 业务时钟 (operations)', isLink: false },
  { path: '/status', text: 'what is still to do 待办 (operations)', isLink: false },
  { path: '/audit', text: 'POST: control totals 稽核 (operations)', isLink: false },
];

/**
 * What a browser sees of the gateway: a start page, and at `/graphql` a page to try the API on (only where the
 * browser asks for HTML; every other request goes on to GraphQL). Nothing is fetched from elsewhere.
 */
export function installPages(
  fastify: FastifyInstance,
  manifests: readonly DomainManifest[],
  config: PlatformConfig,
): void {
  const graphqlPage = asset('graphql-page.html');
  const rest = manifests.flatMap(({ name, restPrefixes }) =>
    (restPrefixes ?? [])
      .filter((path) => path !== '/auth')
      .map((path) => ({ path, text: `REST: ${name}`, isLink: false })),
  );
  const start = startPage([...generalPlaces, ...rest, ...operationsPlaces], config.demoStaff);
  fastify.addHook('onRequest', (request, reply, done) => {
    const isPage =
      request.method === 'GET' &&
      request.url.split('?')[0] === GRAPHQL_PATH &&
      (request.headers.accept ?? '').includes('text/html');
    if (isPage) send(reply, HTML, graphqlPage);
    else done();
  });
  const files: Record<string, [type: string, text: string]> = {
    '/': [HTML, start],
    '/pages/page.css': ['text/css; charset=utf-8', asset('page.css')],
    '/pages/graphql-page.js': ['text/javascript; charset=utf-8', asset('graphql-page.js')],
  };
  for (const [path, [type, text]] of Object.entries(files)) {
    fastify.get(path, (_request, reply) => send(reply, type, text));
  }
}

function asset(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

function send(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.headers({ ...securityHeaders, 'content-type': type }).send(text);
}
