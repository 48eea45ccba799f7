import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type {
  CommandAnswer,
  CommandInput,
  CommandName,
  Events,
  EventType,
  QueryAnswer,
  QueryInput,
  QueryName,
  Role,
} from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import {
  BusinessClock,
  ClockMover,
  FeedSourceWrapper,
  MessageRouter,
  readConfig,
  runInContext,
  SqlFeedSource,
  startHost,
  systemContext,
  TokenSigner,
  type DomainManifest,
  type FeedSource,
  type RunningHost,
} from '@ronghe/platform';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from './test-database';
import { loseJobs } from './lost-queue';
import { publishFact } from './publish-fact';
import { installStubs, type Stubs } from './stubs';

export interface OperatorOptions {
  domains: readonly DomainManifest[];
  /** Stands in for domains that the suite does not host. */
  stubs?: Stubs;
  /** Where the business clock starts; default 2026-06-01 in Shanghai. */
  startsAt?: string;
  /** Wraps the feeds, to repeat, reorder or poison events. */
  feedWrapper?: FeedSourceWrapper;
  environment?: Record<string, string>;
  /** Runs on a database that is there already (a second instance, a restart). */
  databaseUrl?: string;
  /** `api` alone answers requests and leaves all work to other processes over the same database. */
  roles?: readonly ('api' | 'worker')[];
  /** The queue store loses every job that is sent after a commit: what there is to do is found by sweeps alone. */
  losesJobs?: boolean;
  /** Without the gateway a suite may host domains whose SDL refers to absent ones. */
  gateway?: boolean;
}

export interface GraphQLAnswer<T> {
  data: T | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; kind?: string; details?: Record<string, unknown> };
  }[];
}

export interface RestAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

const DEFAULT_START = '2026-06-01T00:00:00+08:00';
const TOKEN_SECONDS = 3600;

/** Settings that processes of one test share. */
export const TEST_SECRETS = {
  RONGHE_INTERNAL_TOKEN: 'internal-token-of-a-test',
  RONGHE_JWT_SECRET: 'jwt-secret-of-a-test-that-is-long-enough',
  RONGHE_IDENTITY_KEY: '0f'.repeat(32),
};

/** Starts a host over a database of its own, with a movable clock, and gives a suite hands on it. */
export async function startOperator(options: OperatorOptions): Promise<TestOperator> {
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => undefined }
    : await createTestDatabase(options.domains);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'ronghe-test-'));
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '16',
    PORT: '0',
    RONGHE_CLOCK: 'movable',
    RONGHE_DATA_DIR: dataDirectory,
    ...TEST_SECRETS,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...options.environment,
  });
  const wrapper = new LocalFeeds(options.domains, options.feedWrapper);
  await setClock(database.url, options.startsAt ?? DEFAULT_START);
  const host = await startHost({
    config,
    domains: options.domains,
    ...(options.roles ? { roles: options.roles } : {}),
    ...(options.gateway === false ? {} : { gatewayOver: options.domains }),
    feedWrapper: wrapper,
  });
  installStubs(host, options.stubs ?? {});
  if (options.losesJobs) loseJobs(host);
  return new TestOperator(host, database, dataDirectory);
}

/** What a suite does with a running operator. */
export class TestOperator {
  readonly url: string;
  /** Where HTTP/2 is spoken, with RONGHE_HTTP2_PORT in the environment. */
  readonly http2Url: string | null;

  constructor(
    private readonly host: RunningHost,
    private readonly database: TestDatabase,
    private readonly dataDirectory: string,
  ) {
    this.url = host.url;
    this.http2Url = host.http2Url;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** A provider of the host by its class. */
  get<T>(type: Type<T>): T {
    return this.host.app.get(type, { strict: false });
  }

  /** An access token with one role. */
  async token(role: Role = 'counter'): Promise<string> {
    return this.get(TokenSigner).sign({ id: `test-${role}`, roles: [role], expiresInSeconds: TOKEN_SECONDS });
  }

  /** A GraphQL operation; role null sends no token. */
  async graphql<T = Record<string, unknown>>(
    query: string,
    variables: object = {},
    role: Role | null = 'counter',
  ): Promise<GraphQLAnswer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(role ? { authorization: `Bearer ${await this.token(role)}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLAnswer<T>;
  }

  /** A REST call; a string body goes as it is, anything else as JSON. */
  async rest(
    method: string,
    path: string,
    body?: unknown,
    options: { role?: Role | null; key?: string; headers?: Record<string, string> } = {},
  ): Promise<RestAnswer> {
    const role = options.role === undefined ? 'operations' : options.role;
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(text === undefined
          ? {}
          : { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' }),
        ...(role ? { authorization: `Bearer ${await this.token(role)}` } : {}),
        ...(options.key ? { 'idempotency-key': options.key } : {}),
        ...options.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      body: isJson && answer !== '' ? JSON.parse(answer) : answer,
    };
  }

  /** Gives a command as another domain would. */
  async command<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    options: { key: string },
  ): Promise<CommandAnswer<N>> {
    return runInContext(systemContext('test', 'internal'), () =>
      this.get(MessageRouter).command(name, input, options.key),
    );
  }

  async ask<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryAnswer<N>> {
    return runInContext(systemContext('test', 'internal'), () => this.get(MessageRouter).query(name, input));
  }

  /** Rows of any SQL, for looking at what the public API does not show. */
  async sql<R>(text: string, parameters: unknown[] = []): Promise<R[]> {
    return (await this.get(DataSource).query(text, parameters)) as R[];
  }

  /** Puts a fact into a producer's outbox, hosted or not, as the producer would. */
  async publish<T extends EventType>(
    type: T,
    event: { aggregateId: string; lane: number; version?: number; payload: Events[T] },
  ): Promise<void> {
    await publishFact(this.get(DataSource), type, event, this.get(BusinessClock).now());
  }

  /** Waits until every hosted domain has nothing left to do. */
  async settle(): Promise<void> {
    await this.get(ClockMover).settle();
  }

  /** Moves the business clock as operations would, running every due instant on the way. */
  async moveClock(to: string): Promise<void> {
    await this.get(ClockMover).moveTo(instantFromIso(to));
  }

  async stop(): Promise<void> {
    await this.host.stop();
    await this.database.drop();
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}

/** Producers that are not hosted are read from the suite's own database instead of a peer. */
export class LocalFeeds extends FeedSourceWrapper {
  private dataSource: DataSource | undefined;

  constructor(
    private readonly hosted: readonly DomainManifest[],
    private readonly inner?: FeedSourceWrapper,
  ) {
    super();
  }

  override attach(dataSource: DataSource): void {
    this.dataSource = dataSource;
    this.inner?.attach(dataSource);
  }

  override wrap(source: FeedSource): FeedSource {
    const isHosted = this.hosted.some((domain) => domain.name === source.producer);
    if (!this.dataSource) throw new Error('The feeds have no database');
    const local = isHosted ? source : new SqlFeedSource(source.producer, this.dataSource);
    return this.inner ? this.inner.wrap(local) : local;
  }
}

async function setClock(databaseUrl: string, startsAt: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('insert into platform.business_clock (stands_at) values ($1) on conflict do nothing', [
      new Date(startsAt),
    ]);
  } finally {
    await client.end();
  }
}
