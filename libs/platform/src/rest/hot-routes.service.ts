import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Role } from '@ronghe/contracts';
import { TokenSigner } from '../auth/token-signer.service';
import { newTraceId } from '../context/request-context';
import { Metrics } from '../telemetry/metrics.service';
import { problemOf } from './problem';
import { problemAnswer } from './problem-details';

/** Longer bodies take the ordinary way. */
const BODY_LIMIT_BYTES = 256 * 1024;
const JSON_TYPES = new Set(['application/json', 'application/json; charset=utf-8']);
/** What only the ordinary way knows how to treat. */
const ORDINARY_HEADERS = ['traceparent', 'content-encoding', 'transfer-encoding', 'expect'];

/** What a hot route answers. */
export interface HotAnswer {
  status: number;
  /** With `content-type` where there is a body. */
  headers: Record<string, string>;
  body: string | null;
}

/** Answers a body. `origin` is how the caller addressed this process: `http://host:port`. It never rejects. */
export type HotHandler = (body: unknown, origin: string) => Promise<HotAnswer>;

/** Routes for POST that are asked for thousands of times a second, beside a controller that answers the same. */
export interface HotRoutes {
  /** Paths begin with it. */
  prefix: string;
  roles: readonly Role[];
  /** Who answers the rest of a path, and the route's name in metrics; null: the controller. */
  find(rest: string): { route: string; handler: HotHandler } | null;
}

/**
 * The short way through the host for what is asked thousands of times a second: no framework between the socket and the
 * handler. It takes only what is plain: JSON of known length, from somebody whose token was checked a moment ago and who has
 * the role. Everything else, every refusal of a caller included, takes the ordinary way, through guards and filters.
 */
@Injectable()
export class HotPosts {
  private readonly routes: HotRoutes[] = [];

  constructor(
    private readonly tokens: TokenSigner,
    private readonly metrics: Metrics,
  ) {}

  add(routes: HotRoutes): void {
    this.routes.push(routes);
  }

  /** Takes a request over; false: it is left to the ordinary way, untouched. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '', headers } = request;
    if (method !== 'POST') return false;
    const routes = this.routes.find(({ prefix }) => url.startsWith(prefix));
    if (!routes || !isPlain(headers) || !this.isAllowed(headers, routes)) return false;
    const found = routes.find(url.slice(routes.prefix.length));
    if (!found) return false;
    const began = performance.now();
    const send = (answer: HotAnswer): void => {
      const { status, body } = answer;
      response.writeHead(status, headersOf(answer));
      response.end(body ?? undefined);
      const seconds = (performance.now() - began) / 1000;
      this.metrics.requestSeconds.observe({ method, route: found.route, status }, seconds);
    };
    readBody(request, (text) => {
      const body = parsed(text);
      if (body === undefined) send(malformed(url));
      else void found.handler(body, originOf(headers)).then(send);
    });
    return true;
  }

  private isAllowed({ authorization = '' }: IncomingHttpHeaders, { roles }: HotRoutes): boolean {
    const actor = authorization.startsWith('Bearer ') ? this.tokens.known(authorization.slice(7)) : undefined;
    return actor !== undefined && roles.some((role) => actor.roles.includes(role));
  }
}

function isPlain(headers: IncomingHttpHeaders): boolean {
  const length = Number(headers['content-length']);
  return (
    length > 0 &&
    length <= BODY_LIMIT_BYTES &&
    JSON_TYPES.has(headers['content-type'] ?? '') &&
    ORDINARY_HEADERS.every((name) => headers[name] === undefined)
  );
}

/** Reads a whole body, as long as its header says. Nobody waits for one that breaks off. */
function readBody(request: IncomingMessage, then: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first] = chunks;
    then((first && chunks.length === 1 ? first : Buffer.concat(chunks)).toString());
  });
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function malformed(url: string): HotAnswer {
  const { status, problem } = problemOf({ statusCode: 400 });
  const { contentType, body } = problemAnswer(url, status, problem, newTraceId());
  return { status, headers: { 'content-type': withCharset(contentType) }, body: JSON.stringify(body) };
}

/** As Fastify says it of every JSON. */
function withCharset(contentType: string): string {
  return contentType.includes('charset=') ? contentType : `${contentType}; charset=utf-8`;
}

/** HTTP/1.1 names the host in `host`, HTTP/2 in `:authority`. */
function originOf(headers: IncomingHttpHeaders): string {
  return `http://${String(headers[':authority'] ?? headers.host ?? '')}`;
}

function headersOf({ headers, body }: HotAnswer): Record<string, string> {
  return body === null ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}
