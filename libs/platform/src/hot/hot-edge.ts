import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import type { Actor } from '@ronghe/contracts';
import { newTraceId } from '../context/request-context';
import { problemOf } from '../rest/problem';
import { problemAnswer } from '../rest/problem-details';
import type { HotAnswer, HotRoute, HotRoutes } from './hot-routes';

/** Longer bodies take the ordinary way. */
const BODY_LIMIT_BYTES = 256 * 1024;
const JSON_TYPES = new Set(['application/json', 'application/json; charset=utf-8']);
/** What only the ordinary way knows how to treat. */
const ORDINARY_HEADERS = ['traceparent', 'content-encoding', 'transfer-encoding', 'expect'];

/** How long a request took, for metrics. */
export interface HotTiming {
  route: string;
  status: number;
  seconds: number;
}

/** What is behind the edge. */
export interface BehindEdge {
  /** Whose token it is, if it was checked a moment ago. */
  known(token: string): Actor | undefined;
  /** Answers what the routes at that place have read. */
  ask(place: number, asked: unknown, then: (answer: HotAnswer) => void): void;
  took(timing: HotTiming): void;
  /** A defect of ours. */
  failed(error: unknown): void;
}

/**
 * The short way through the host for what is asked thousands of times a second: no framework between the socket and the
 * handler. It takes only what is plain: JSON of known length, from somebody whose token was checked a moment ago and who has
 * the role. Everything else, every refusal of a caller included, takes the ordinary way, through guards and filters.
 */
export class HotEdge {
  private hangsUp = false;

  constructor(
    private readonly routes: readonly HotRoutes[],
    private readonly behind: BehindEdge,
  ) {}

  /** Takes a request over; false: it is left to the ordinary way, untouched. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '', headers } = request;
    if (method !== 'POST') return false;
    const place = this.routes.findIndex(({ prefix }) => url.startsWith(prefix));
    const routes = this.routes[place];
    if (!routes || !isPlain(headers) || !this.isAllowed(headers, routes)) return false;
    const found = routes.find(url.slice(routes.prefix.length));
    if (!found) return false;
    const began = performance.now();
    const send = (answer: HotAnswer): void => {
      if (this.hangsUp) response.setHeader('connection', 'close');
      response.writeHead(answer.status, headersOf(answer, `${originOf(headers)}${routes.prefix}`));
      response.end(answer.body ?? undefined);
      const seconds = (performance.now() - began) / 1000;
      this.behind.took({ route: found.route, status: answer.status, seconds });
    };
    readBody(request, (text) => {
      const read = this.read(found, text, url);
      if ('answer' in read) send(read.answer);
      else this.behind.ask(place, read.asked, send);
    });
    return true;
  }

  /** From now on every answer is the last one on its connection. */
  hangUp(): void {
    this.hangsUp = true;
  }

  private read(found: HotRoute, text: string, url: string): ReturnType<HotRoute['read']> {
    const body = parsed(text);
    if (body === undefined) return { answer: refusal(url, { statusCode: 400 }) };
    try {
      return found.read(body);
    } catch (error) {
      this.behind.failed(error);
      return { answer: refusal(url, error) };
    }
  }

  private isAllowed({ authorization = '' }: IncomingHttpHeaders, { roles }: HotRoutes): boolean {
    const actor = authorization.startsWith('Bearer ') ? this.behind.known(authorization.slice(7)) : undefined;
    return actor !== undefined && roles.some((role) => actor.roles.includes(role));
  }
}

/** Requests that may take the short way do, the others go on to who listened before. */
export function takeHotFirst(server: Server, hot: Pick<HotEdge, 'take'>): void {
  const ordinary = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (!hot.take(request, response)) for (const listener of ordinary) listener(request, response);
  });
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

function refusal(url: string, error: unknown): HotAnswer {
  const { status, problem } = problemOf(error);
  const { body } = problemAnswer(url, status, problem, newTraceId());
  return { status, body: JSON.stringify(body), created: null };
}

/** HTTP/1.1 names the host in `host`, HTTP/2 in `:authority`. */
function originOf(headers: IncomingHttpHeaders): string {
  return `http://${String(headers[':authority'] ?? headers.host ?? '')}`;
}

function headersOf({ status, body, created }: HotAnswer, place: string): Record<string, string> {
  const headers: Record<string, string> = {};
  if (created !== null) headers['location'] = `${place}/${created}`;
  if (body === null) return headers;
  // As Fastify says it of every JSON.
  headers['content-type'] = `application/${status >= 400 ? 'problem+json' : 'json'}; charset=utf-8`;
  headers['content-length'] = String(Buffer.byteLength(body));
  return headers;
}
