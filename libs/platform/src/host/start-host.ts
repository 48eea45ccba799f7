import type { Server } from 'node:http';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyHttpProxy from '@fastify/http-proxy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { TokenSigner } from '../auth/token-signer.service';
import { BusinessClock } from '../clock/business-clock.service';
import { DueRunner } from '../clock/due-runner.service';
import type { PlatformConfig } from '../config/platform-config';
import { assertMigrated } from '../database/migrate';
import { FeedRunner, type FeedSourceWrapper } from '../feed/feed-runner.service';
import { GatewayModule } from '../graphql/gateway.module';
import { SubgraphsModule } from '../graphql/subgraphs.module';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { JobRunner } from '../job/job-runner.service';
import { installPages } from '../pages/install-pages';
import { takeHotFirst } from '../hot/hot-edge';
import { HotPosts } from '../hot/hot-posts.service';
import { listenOnThread } from '../hot/hot-thread.service';
import { OperationsController } from '../rest/operations.controller';
import { refuse } from '../rest/refuse';
import { PlatformLogger } from '../telemetry/logger.service';
import { Metrics } from '../telemetry/metrics.service';
import { CoreModule } from './core.module';
import type { DomainManifest } from './domain-manifest';
import { handOn } from './hand-on';
import { installHttpContext } from './http-context';
import { listenHttp2 } from './http2-listener';
import { BODY_LIMIT_BYTES, portInUse, urlOf, type Listener } from './listener';
import { Upkeep } from './upkeep.service';

export interface HostOptions {
  config: PlatformConfig;
  /** The domains that live in this process. */
  domains: readonly DomainManifest[];
  /** The domains that the gateway serves; without it this process has no gateway. */
  gatewayOver?: readonly DomainManifest[];
  /** `api` answers requests; `worker` also pulls feeds, runs jobs and schedules. */
  roles?: readonly ('api' | 'worker')[];
  /** Wraps every feed, for tests of repetition, reordering and poison. */
  feedWrapper?: FeedSourceWrapper;
  /** Modules of the app itself. */
  extraModules?: (Type<unknown> | DynamicModule)[];
}

export interface RunningHost {
  app: NestFastifyApplication;
  url: string;
  /** Where HTTP/2 without encryption is spoken; null: nowhere. */
  http2Url: string | null;
  /** Where a thread of its own speaks HTTP/1.1 with network functions; null: nowhere. */
  networkUrl: string | null;
  /** Finishes what is running, then lets go of everything. Twice is once. */
  stop(): Promise<void>;
}

/**
 * Starts a process of the operator: any set of domains in any role.
 * @throws DomainError `database_unreachable`, `schema_unknown`, `port_in_use`.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { config } = options;
  const app = await createApp(options);
  const dataSource = app.get(DataSource);
  const listeners: Listener[] = [];
  const workers: { stop(): Promise<void> }[] = [];
  const start = async (): ReturnType<typeof listenAll> => {
    await prepare(app, options);
    const urls = await listenAll(app, config, listeners);
    if ((options.roles ?? ['api', 'worker']).includes('worker'))
      for (const worker of [app.get(FeedRunner), app.get(JobRunner), app.get(DueRunner), app.get(Upkeep)]) {
        workers.push(worker);
        worker.start();
      }
    return urls;
  };
  // What cannot be ended holds up nothing else, and is said behind it.
  const stop = async (): Promise<void> => {
    const ended = await Promise.allSettled(workers.map((worker) => worker.stop()));
    await Promise.allSettled(listeners.map((listener) => listener.close()));
    try {
      await app.close();
    } finally {
      if (dataSource.isInitialized) await dataSource.destroy();
    }
    for (const outcome of ended) if (outcome.status === 'rejected') throw outcome.reason;
  };
  const urls = await start().catch(async (error: unknown) => {
    await stop().catch(() => undefined);
    throw error;
  });
  let stopping: Promise<void> | undefined;
  return { app, ...urls, stop: () => (stopping ??= stop()) };
}

/** Listens wherever the process is asked to. @param listeners gets those beside the host's own, also if a later one fails */
async function listenAll(
  app: NestFastifyApplication,
  config: PlatformConfig,
  listeners: Listener[],
): Promise<Pick<RunningHost, 'url' | 'http2Url' | 'networkUrl'>> {
  const { http2Port, networkPort } = config;
  const hot = app.get(HotPosts);
  // Before the process itself listens: it says then that it is ready.
  const network = networkPort === undefined ? null : await listenOnThread(hot, config, networkPort);
  if (network) listeners.push(network);
  const url = await listen(app, config);
  network?.handOnTo(url);
  const http2 = http2Port === undefined ? null : await listenHttp2(app, config, http2Port, hot);
  if (http2) listeners.push(http2);
  return { url, http2Url: http2?.url ?? null, networkUrl: network?.url ?? null };
}

function createApp(options: HostOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    // Addresses that Fastify cannot read come to no route, and so to no filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      refuse(request, reply, error),
  });
  return NestFactory.create<NestFastifyApplication>(rootModule(options), adapter, {
    logger: false,
    abortOnError: false,
    // Signatures of payment gateways are over the bytes that came.
    rawBody: true,
  });
}

/** Readies all that answers, works or pulls. @throws DomainError `schema_unknown` */
async function prepare(app: NestFastifyApplication, options: HostOptions): Promise<void> {
  const { config, domains, gatewayOver, feedWrapper } = options;
  app.useLogger(app.get(PlatformLogger));
  const fastify = app.getHttpAdapter().getInstance();
  installHttpContext(fastify as never, config, app.get(TokenSigner), app.get(Metrics));
  if (gatewayOver) installPages(fastify as never, gatewayOver, config);
  for (const manifest of gatewayOver ?? []) {
    const upstream = config.peers[manifest.name];
    if (!upstream || domains.includes(manifest)) continue;
    for (const prefix of manifest.restPrefixes ?? []) {
      const proxy = { upstream, prefix, rewritePrefix: prefix, replyOptions: handOn };
      await app.register(fastifyHttpProxy as never, proxy as never);
    }
  }
  // Before the domains' own start-up work, which may read their tables and business time.
  await assertMigrated(app.get(DataSource), domains);
  await app.get(BusinessClock).refresh();
  await app.init();
  takeHotFirst(app.getHttpServer() as Server, app.get(HotPosts));
  app.get(HandlerRegistry).discover();
  if (feedWrapper) app.get(FeedRunner).wrapWith(feedWrapper);
}

function rootModule({ config, domains, gatewayOver, extraModules }: HostOptions): Type<unknown> {
  const gateway = gatewayOver ? [GatewayModule.over(gatewayOver)] : [];
  @Module({
    imports: [
      CoreModule.forHost(config, domains),
      ...domains.map((domain) => domain.module),
      SubgraphsModule.forDomains(domains),
      ...gateway,
      ...(extraModules ?? []),
    ],
    controllers: gatewayOver ? [OperationsController] : [],
  })
  class RootModule {}
  return RootModule;
}

async function listen(app: NestFastifyApplication, config: PlatformConfig): Promise<string> {
  try {
    await app.listen({ port: config.port, host: config.bindAddress });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw portInUse(config.port, 'PORT');
  }
  const address = app.getHttpServer().address() as { port: number };
  return urlOf(config, address.port);
}
