import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccessGuard } from '../auth/access.guard';
import { TokenSigner } from '../auth/token-signer.service';
import { BusinessClock } from '../clock/business-clock.service';
import { ClockMover } from '../clock/clock-mover.service';
import { DueRunner } from '../clock/due-runner.service';
import { MovedClock } from '../clock/moved-clock.service';
import { SystemClock } from '../clock/system-clock.service';
import { MessageRouter } from '../command/message-router.service';
import { PeerClient } from '../command/peer-client.service';
import { PlatformConfig } from '../config/platform-config';
import { openDataSource } from '../database/data-source';
import { FeedRunner } from '../feed/feed-runner.service';
import { FeedServer } from '../feed/feed-server.service';
import { FeedWays } from '../feed/feed-ways.service';
import { ParkedEvents } from '../feed/parked-events.service';
import { SubgraphController } from '../graphql/subgraph.controller';
import { SubgraphExecutor } from '../graphql/subgraph-executor.service';
import { SubgraphSchemas } from '../graphql/subgraph.driver';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { HotPosts } from '../hot/hot-posts.service';
import { JobRunner } from '../job/job-runner.service';
import { QueueConnection } from '../job/queue-connection.service';
import { HealthController } from '../rest/health.controller';
import { inputPipe } from '../rest/input-pipe';
import { InternalController } from '../rest/internal.controller';
import { ParkedController } from '../rest/parked.controller';
import { ProblemFilter } from '../rest/problem.filter';
import { PlatformLogger } from '../telemetry/logger.service';
import { Metrics } from '../telemetry/metrics.service';
import { Observers } from '../telemetry/observers.service';
import { AfterCommit } from './after-commit.service';
import { Auditor } from './auditor.service';
import type { DomainManifest } from './domain-manifest';
import { DomainStatusReader } from './domain-status.service';
import { DomainTransactions } from './domain-transactions.service';
import { EveryDomain } from './every-domain.service';
import { HostedDomains } from './hosted-domains';
import { InternalWork } from './internal-work.service';
import { Upkeep } from './upkeep.service';

const services = [
  AfterCommit,
  Auditor,
  BusinessClock,
  ClockMover,
  DomainStatusReader,
  DomainTransactions,
  DueRunner,
  MovedClock,
  EveryDomain,
  FeedRunner,
  FeedServer,
  FeedWays,
  HandlerRegistry,
  HotPosts,
  InternalWork,
  JobRunner,
  MessageRouter,
  Metrics,
  Observers,
  ParkedEvents,
  PeerClient,
  PlatformLogger,
  QueueConnection,
  SubgraphExecutor,
  SystemClock,
  TokenSigner,
  Upkeep,
];

/** What one process has once, whatever domains it hosts. */
@Global()
@Module({})
export class CoreModule {
  static forHost(config: PlatformConfig, hosted: readonly DomainManifest[]): DynamicModule {
    return {
      module: CoreModule,
      imports: [DiscoveryModule],
      controllers: [HealthController, InternalController, ParkedController, SubgraphController],
      providers: [
        { provide: PlatformConfig, useValue: config },
        { provide: HostedDomains, useValue: new HostedDomains(hosted) },
        { provide: SubgraphSchemas, useValue: new SubgraphSchemas() },
        { provide: DataSource, useFactory: () => openDataSource(config, hosted) },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: inputPipe },
        ...services,
      ],
      exports: [PlatformConfig, HostedDomains, SubgraphSchemas, DataSource, ...services],
    };
  }
}
