import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
/** What an API said no with. */
export class ApiRefusal extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export type StaffRole = 'counter' | 'billing' | 'operations' | 'partner';

export interface SignIns {
  url: string;
  /** Password of the demonstration staff: counter1, billing1, operations1, partner1. */
  password: string;
}

interface Problem {
  code?: string;
  message?: string;
  details?: Record<string, unknown>;
}

interface GraphQLBody<T> {
  data?: T;
  errors?: { message: string; extensions?: { code?: string; details?: Record<string, unknown> } }[];
}

const UNAVAILABLE_ATTEMPTS = 5;
const RETRY_MS = 500;

/**
 * The operator's public APIs as a client sees them. Every command carries an idempotency key, so a call that
 * was cut off is simply made again.
 */
export class OperatorApi {
  private readonly tokens = new Map<StaffRole, Promise<string>>();

  constructor(private readonly signIns: SignIns) {}

  get url(): string {
    return this.signIns.url;
  }

  /** A GraphQL operation. @throws ApiRefusal with the code that the API gave. */
  async graphql<T>(role: StaffRole, query: string, variables: object = {}): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const answer = await this.send<GraphQLBody<T>>(role, 'POST', '/graphql', {
      body,
      contentType: 'application/json',
      anyStatus: true,
    });
    const [error] = answer.errors ?? [];
    if (error)
      throw new ApiRefusal(error.message, error.extensions?.code ?? 'unknown', error.extensions?.details);
    if (!answer.data) throw new ApiRefusal('The answer has no data', 'unknown');
    return answer.data;
  }

  /** A REST call with JSON. @throws ApiRefusal with the problem's code. */
  async rest<T>(role: StaffRole, method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const json = body === undefined ? {} : { body: JSON.stringify(body), contentType: 'application/json' };
    return this.send<T>(role, method, path, { ...json, ...(key ? { key } : {}) });
  }

  /** Posts a file: its text, or what opens its bytes anew for each attempt. */
  async upload<T>(
    role: StaffRole,
    path: string,
    content: string | (() => Readable),
    contentType: string,
    key: string,
  ): Promise<T> {
    return this.send<T>(role, 'POST', path, { body: content, contentType, key });
  }

  /** Reads a resource. @throws ApiRefusal with the problem's code. */
  async get<T>(role: StaffRole, path: string): Promise<T> {
    return this.send<T>(role, 'GET', path, {});
  }

  /** Writes an answer's body to a stream as it comes, however long it is. @throws ApiRefusal with the problem's code. */
  async download(role: StaffRole, path: string, to: NodeJS.WritableStream): Promise<void> {
    const response = await fetch(`${this.url}${path}`, {
      headers: { authorization: `Bearer ${await this.token(role)}` },
    });
    if (!response.ok || !response.body) {
      const { message, code, details } = (await response.json()) as Problem;
      throw new ApiRefusal(message ?? `GET ${path} answered ${response.status}`, code ?? 'unknown', details);
    }
    await pipeline(Readable.fromWeb(response.body as ReadableStream), to, { end: false });
  }

  /** Posts what makes a resource; returns the body with the resource's Location. */
  async created<T>(role: StaffRole, path: string, body: object): Promise<{ body: T; location: string }> {
    const seen: { location?: string } = {};
    const answer = await this.send<T>(role, 'POST', path, {
      body: JSON.stringify(body),
      contentType: 'application/json',
      seen,
    });
    return { body: answer, location: seen.location ?? '' };
  }

  /** A REST call with JSON whose answer is wanted whatever its status; made once. The body is null where there is none. */
  async answer(
    role: StaffRole,
    method: string,
    path: string,
    body: object,
  ): Promise<{ status: number; headers: Headers; body: unknown }> {
    const authorization = `Bearer ${await this.token(role)}`;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? (JSON.parse(text) as unknown) : null,
    };
  }

  private async send<T>(role: StaffRole, method: string, path: string, request: SentRequest): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.sendOnce<T>(role, method, path, request);
      } catch (error) {
        const code = error instanceof ApiRefusal ? error.code : 'unreachable';
        if (attempt >= UNAVAILABLE_ATTEMPTS || !isWorthRetrying(code)) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
      }
    }
  }

  private async sendOnce<T>(role: StaffRole, method: string, path: string, request: SentRequest): Promise<T> {
    const headers: Record<string, string> = { authorization: `Bearer ${await this.token(role)}` };
    if (request.contentType) headers['content-type'] = request.contentType;
    if (request.key) headers['idempotency-key'] = request.key;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers,
      ...bodyOf(request),
    });
    if (request.seen) request.seen.location = response.headers.get('location') ?? '';
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const answer: unknown = isJson && text !== '' ? JSON.parse(text) : text;
    if (!response.ok && !(request.anyStatus && isJson)) {
      const problem = (isJson ? answer : {}) as Problem;
      throw new ApiRefusal(
        problem.message ?? `${method} ${path} answered ${response.status}`,
        problem.code ?? String(response.status),
        problem.details,
      );
    }
    return answer as T;
  }

  private token(role: StaffRole): Promise<string> {
    const known = this.tokens.get(role);
    if (known) return known;
    const made = this.signIn(role);
    made.catch(() => this.tokens.delete(role));
    this.tokens.set(role, made);
    return made;
  }

  private async signIn(role: StaffRole): Promise<string> {
    const response = await fetch(`${this.url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: `${role}1`, password: this.signIns.password }),
    });
    const answer = (await response.json()) as { accessToken?: string; code?: string; message?: string };
    if (!answer.accessToken)
      throw new ApiRefusal(answer.message ?? 'Sign-in failed', answer.code ?? 'unknown');
    return answer.accessToken;
  }
}

interface SentRequest {
  body?: string | (() => Readable);
  contentType?: string;
  key?: string;
  /** GraphQL refusals come in the body whatever the status. */
  anyStatus?: boolean;
  /** Filled with the Location header of the answer. */
  seen?: { location?: string };
}

function bodyOf({ body }: SentRequest): RequestInit {
  if (body === undefined || typeof body === 'string') return body === undefined ? {} : { body };
  return { body: Readable.toWeb(body()) as NonNullable<RequestInit['body']>, duplex: 'half' };
}

function isWorthRetrying(code: string): boolean {
  return [
    'unreachable',
    'peer_unavailable',
    'database_unavailable',
    'command_in_flight',
    'busy',
    '503',
  ].includes(code);
}
