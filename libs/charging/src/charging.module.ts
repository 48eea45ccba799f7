import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { AccountResolver, ProductResolver } from './balance/balance.resolver';
import { BalanceReader } from './balance/balance-reader.service';
import { AccountBooks } from './balance/account-books.service';
import { Balances } from './balance/balance.service';
import { BalanceWorker } from './balance/balance.worker';
import { PeriodOpening } from './balance/period-opening.service';
import { Settlements } from './balance/settlement.service';
import { ChargingAudit } from './charging-audit.service';
import { BalancePolicies } from './money/balance-policies.service';
import { AccountMoneyResolver, MoneyResolver } from './money/money.resolver';
import { MoneyService } from './money/money.service';
import { MoneyWorker } from './money/money.worker';
import { Transfers } from './money/transfer.service';
import { AccountNoticeResolver } from './notice/notice.resolver';
import { PrepayBalanceController } from './tmf/prepay-balance.controller';
import { UsageConsumptionController } from './tmf/usage-consumption.controller';
import { ConsumptionWorker } from './consumption/consumption.worker';
import { FeeStopWorker } from './fee/fee-stop.worker';
import { FeeCorrectionWorker } from './fee/fee-correction.worker';
import { FeeTellingWorker } from './fee/fee-telling.worker';
import { AccountFeeResolver } from './fee/prepaid-fee.resolver';
import { PrepaidFeeWorker } from './fee/prepaid-fee.worker';
import { PrepaidFees } from './fee/prepaid-fees.service';
import { NoticeReader } from './notice/notice-reader.service';
import { TopUpUnitGrants } from './money/top-up-units.service';
import { StatementSettlements } from './money/statement-settlement.service';
import { TopUps } from './money/top-up.service';
import { explainProviders } from './explain/explain.module';
import { whatIfProviders } from './what-if/what-if.module';
import { reratingProviders } from './rerating/rerating.module';
import { UnitGrantResolver } from './grant/unit-grant.resolver';
import { UnitGrants } from './grant/unit-grants.service';
import { spendCapProviders } from './spend-cap/spend-cap.module';
import { moneySharingProviders } from './money-sharing/money-sharing.module';
import { sharingProviders } from './sharing/sharing.module';
import { BalanceGroupWorker } from './projection/balance-group.worker';
import { ProjectionSubscriber } from './projection/projection.subscriber';
import { ChargingDataController } from './session/charging-data.controller';
import { BatchRecall } from './session/batch-recall.service';
import { BatchRun } from './session/batch-run.service';
import { OnlinePolicies } from './session/online-policies.service';
import { FirstComers } from './session/first-comers.service';
import { HotCharging } from './session/hot-charging.service';
import { Sessions } from './session/session.service';
import { SessionSweep } from './session/session-sweep.service';
import { SessionBooks } from './session/session-books.service';
import { SessionMemory } from './session/session-memory.service';
import { SessionWorker } from './session/session.worker';
import { notificationProviders } from './session/notification/notification.module';
import { TotalsPublisher } from './session/totals-publisher.service';
import { Suspense } from './usage/suspense.service';
import { UsageDeliveryResolver } from './usage/usage-delivery.resolver';
import { UsageReader } from './usage/usage-reader.service';
import { UsageResolver } from './usage/usage.resolver';
import { UsageController } from './usage/usage.controller';
import { UsageBooks } from './usage/usage-books.service';
import { UsageCalls } from './usage/usage-calls.service';
import { UsageBatches } from './usage/usage-batches.service';
import { UsageCollection } from './usage/usage-collection.service';
import { UsageFiles } from './usage/usage-file.service';
import { UsageFileWorker } from './usage/usage-file.worker';
import { UsageInboxWorker } from './usage/usage-inbox.worker';
import { ReconciliationResolver } from './usage/reconciliation.resolver';
import { Reconciliation } from './usage/reconciliation.service';
import { UsageEvents } from './usage/tmf/usage-events.service';
import { UsageManagementController } from './usage/tmf/usage-management.controller';
import { UsageIntake } from './usage/usage-intake.service';
import { UsageRating } from './usage/usage-rating.service';
import { UsageSources } from './usage/usage-source.service';

/** The charging domain's providers. */
@Module({
  imports: [PlatformModule.forDomain('charging')],
  controllers: [
    UsageController,
    UsageManagementController,
    ChargingDataController,
    PrepayBalanceController,
    UsageConsumptionController,
  ],
  providers: [
    AccountBooks,
    PeriodOpening,
    Settlements,
    Balances,
    BalanceWorker,
    ProjectionSubscriber,
    BalanceGroupWorker,
    UsageRating,
    UsageBooks,
    UsageIntake,
    UsageSources,
    UsageCalls,
    UsageFiles,
    UsageBatches,
    UsageCollection,
    UsageFileWorker,
    UsageInboxWorker,
    UsageEvents,
    Reconciliation,
    ReconciliationResolver,
    OnlinePolicies,
    SessionBooks,
    SessionMemory,
    BatchRun,
    BatchRecall,
    FirstComers,
    TotalsPublisher,
    Sessions,
    SessionSweep,
    HotCharging,
    SessionWorker,
    ...notificationProviders,
    Suspense,
    BalanceReader,
    UsageReader,
    ProductResolver,
    AccountResolver,
    UsageResolver,
    ...explainProviders,
    UsageDeliveryResolver,
    ...reratingProviders,
    ...whatIfProviders,
    ...sharingProviders,
    ...moneySharingProviders,
    ...spendCapProviders,
    UnitGrants,
    UnitGrantResolver,
    ChargingAudit,
    BalancePolicies,
    TopUps,
    StatementSettlements,
    TopUpUnitGrants,
    Transfers,
    MoneyService,
    MoneyWorker,
    NoticeReader,
    PrepaidFees,
    PrepaidFeeWorker,
    FeeStopWorker,
    FeeTellingWorker,
    FeeCorrectionWorker,
    ConsumptionWorker,
    AccountFeeResolver,
    AccountNoticeResolver,
    AccountMoneyResolver,
    MoneyResolver,
  ],
})
export class ChargingModule {}
