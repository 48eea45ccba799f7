export * from './auth/access';
export { TokenSigner } from './auth/token-signer.service';
export { BusinessClock } from './clock/business-clock.service';
export { ClockMover } from './clock/clock-mover.service';
export type { DueRow } from './clock/due-runner.service';
export { SystemClock } from './clock/system-clock.service';
export { askForOrders, type AskedOrder } from './command/ask-for-orders';
export { Commands } from './command/commands.service';
export { MessageRouter } from './command/message-router.service';
export { Queries } from './command/queries.service';
export { PlatformConfig, readConfig } from './config/platform-config';
export * from './context/request-context';
export { copyBytes, copyCell, copyLines, copyRows, isRefusedAsDouble } from './database/copy-rows.adapter';
export { bytesOf, CopyText } from './database/copy-text.adapter';
export { fromDatabaseError } from './database/database-error';
export { migrate } from './database/migrate';
export { prepared, type Statement } from './database/prepared-statement.adapter';
export { inRounds } from './database/statement-rounds.adapter';
export { Transactions, type TransactionEdges } from './database/transactions.service';
export { Tx, type JsonObject, type JsonValue } from './database/tx';
export { FeedProgress } from './feed/feed-progress.service';
export { FeedSourceWrapper } from './feed/feed-runner.service';
export { SqlFeedSource, type Cursors, type FeedSource } from './feed/feed-source';
export { writeOutbox } from './feed/outbox';
export * from './graphql/connection';
export { loaderOf, type GraphQLContext } from './graphql/graphql-context';
export { composeSupergraph } from './graphql/supergraph';
export {
  Audit,
  OnCommand,
  OnDue,
  OnEvent,
  OnEvents,
  OnJob,
  OnQuery,
  PendingWork,
} from './handler/decorators';
export { HandlerRegistry } from './handler/handler-registry.service';
export { AfterCommit } from './host/after-commit.service';
export { compareAudits, type AuditDifference, type AuditReport } from './host/audit';
export { checkNothing, checkOf, checkTold, totalsOf, type Totals } from './host/control-checks';
export { defineDomain, readSdl, type DomainManifest } from './host/domain-manifest';
export { isQuiet, type DomainStatus } from './host/domain-status.service';
export { PlatformModule } from './host/platform.module';
export { runApp } from './host/run-app';
export { startHost, type HostOptions, type RunningHost } from './host/start-host';
export { HotPosts } from './hot/hot-posts.service';
export type { HotAnswer, HotRoute, HotRoutes, HotService } from './hot/hot-routes';
export { migrateQueue } from './job/queue-connection.service';
export type { RunningJob } from './job/job-runner.service';
export { JsonNumber, jsonNumber, sendJson, stringifyJson } from './rest/json-number';
export * from './report/report-text';
export * from './report/report-table';
export { sendReport } from './report/send-report';
export { domainErrorOf, problemOf, type Problem } from './rest/problem';
export { Hrefs } from './rest/tmf-href';
export * from './rest/tmf-list';
export { TmfFieldsDto, TmfListDto } from './rest/tmf-list.dto';
export { PlatformLogger as DomainLogger, PlatformLogger } from './telemetry/logger.service';
