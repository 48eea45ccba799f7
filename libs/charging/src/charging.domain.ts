import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { BucketEntity, BucketEntryEntity, GroupPeriodEntity, RerateEntity } from './balance/balance.entity';
import { ChargingModule } from './charging.module';
import { CreateCharging1700000000000 } from './migrations/1700000000000-create-charging';
import { CreateUsage1700000000001 } from './migrations/1700000000001-create-usage';
import { CreateSessions1700000000002 } from './migrations/1700000000002-create-sessions';
import { WidenSessions1700000000040 } from './migrations/1700000000040-widen-sessions';
import { CutSessions1700000000041 } from './migrations/1700000000041-cut-sessions';
import { CreateMoney1700000000030 } from './migrations/1700000000030-create-money';
import { CollectUsage1700000000020 } from './migrations/1700000000020-collect-usage';
import { ReconcileUsage1700000000021 } from './migrations/1700000000021-reconcile-usage';
import { CreateMoneyTransfer1700000000031 } from './migrations/1700000000031-create-money-transfer';
import { CreateBalanceNotice1700000000032 } from './migrations/1700000000032-create-balance-notice';
import { ConsumptionDayEntity, PostingZoneEntity } from './consumption/consumption.entity';
import { CreateConsumption1700000000034 } from './migrations/1700000000034-create-consumption';
import { FeeCorrectionEntity } from './fee/fee-correction.entity';
import { FeeStopEntity } from './fee/fee-stop.entity';
import { CreateFeeStop1700000000098 } from './migrations/1700000000098-create-fee-stop';
import { PrepaidFeeEntity } from './fee/prepaid-fee.entity';
import { CreatePrepaidFee1700000000033 } from './migrations/1700000000033-create-prepaid-fee';
import { BalanceNoticeEntity } from './notice/notice.entity';
import {
  MoneyBucketEntity,
  MoneyEntryEntity,
  MoneyTransferEntity,
  MoneyTransferLocatorEntity,
} from './money/money.entity';
import { WidenRating1700000000010 } from './migrations/1700000000010-widen-rating';
import { whatIfEntities } from './what-if/what-if.entity';
import { CreateWhatIf1700000000051 } from './migrations/1700000000051-create-what-if';
import { CorrectPolicies1700000000103 } from './migrations/1700000000103-correct-policies';
import { WidenWhatIf1700000000102 } from './migrations/1700000000102-widen-what-if';
import { CreateRerating1700000000050 } from './migrations/1700000000050-create-rerating';
import { CreateSharing1700000000060 } from './migrations/1700000000060-create-sharing';
import { CreateUnitGrant1700000000061 } from './migrations/1700000000061-create-unit-grant';
import { KeepWhatBucketsPaid1700000000091 } from './migrations/1700000000091-keep-what-buckets-paid';
import { ShareAcrossAccounts1700000000090 } from './migrations/1700000000090-share-across-accounts';
import { UnitGrantEntity } from './grant/unit-grant.entity';
import { CreateRowTypes1700000000082 } from './migrations/1700000000082-create-row-types';
import { AskBalanceGroups1700000000213 } from './migrations/1700000000213-ask-balance-groups';
import { CapSpending1700000000212 } from './migrations/1700000000212-cap-spending';
import { ShareMoney1700000000211 } from './migrations/1700000000211-share-money';
import { ReserveByMember1700000000210 } from './migrations/1700000000210-reserve-by-member';
import { CountBucketsInIncrements1700000000195 } from './migrations/1700000000195-count-buckets-in-increments';
import { TellMoneyAgain1700000000181 } from './migrations/1700000000181-tell-money-again';
import { TellBonuses1700000000220 } from './migrations/1700000000220-tell-bonuses';
import { EnterSettlements1700000000222 } from './migrations/1700000000222-enter-settlements';
import { DropUsageSourceIndex1700000000300 } from './migrations/1700000000300-drop-usage-source-index';
import { CreateUsageWindow1700000000345 } from './migrations/1700000000345-create-usage-window';
import { KeepWhereWindowsBegin1700000000346 } from './migrations/1700000000346-keep-where-windows-begin';
import { KeepSessionsAsText1700000000370 } from './migrations/1700000000370-keep-sessions-as-text';
import { CreateWriteTypes1700000000385 } from './migrations/1700000000385-create-write-types';
import { CreateEntryType1700000000386 } from './migrations/1700000000386-create-entry-type';
import { FindRequestsByKey1700000000387 } from './migrations/1700000000387-find-requests-by-key';
import { KeepTotalsInGroups1700000000395 } from './migrations/1700000000395-keep-totals-in-groups';
import { ShortenUsageIndex1700000000396 } from './migrations/1700000000396-shorten-usage-index';
import { MoveOnlineInGroups1700000000397 } from './migrations/1700000000397-move-online-in-groups';
import { CompareAccountsWithGroups1700000000398 } from './migrations/1700000000398-compare-accounts-with-groups';
import { SpareStatistics1700000000399 } from './migrations/1700000000399-spare-statistics';
import { KeepCardGroupsOfNumbers1700000000401 } from './migrations/1700000000401-keep-card-groups-of-numbers';
import { KeepBucketsInGroups1700000000402 } from './migrations/1700000000402-keep-buckets-in-groups';
import { FindAccountsByPlace1700000000403 } from './migrations/1700000000403-find-accounts-by-place';
import { KeepProductsInAccounts1700000000404 } from './migrations/1700000000404-keep-products-in-accounts';
import { HoldCountersInGroups1700000000405 } from './migrations/1700000000405-hold-counters-in-groups';
import { KeepMappingsOfFiles1700000000406 } from './migrations/1700000000406-keep-mappings-of-files';
import { SweepSessionsByBatch1700000000400 } from './migrations/1700000000400-sweep-sessions-by-batch';
import { CountSpending1700000000320 } from './migrations/1700000000320-count-spending';
import { CorrectFees1700000000221 } from './migrations/1700000000221-correct-fees';
import { MarkPeriodsOfTotals1700000000180 } from './migrations/1700000000180-mark-periods-of-totals';
import { MarkTotalsByBatch1700000000081 } from './migrations/1700000000081-mark-totals-by-batch';
import { KeepAnswersInSessions1700000000080 } from './migrations/1700000000080-keep-answers-in-sessions';
import { MoneyShareUseEntity, MoneySharingEntity } from './money-sharing/money-sharing.entity';
import { SpendCapEntity, SpendHoldEntity } from './spend-cap/spend-cap.entity';
import { SharingEntity } from './sharing/sharing.entity';
import {
  AccountEntity,
  BillCycleEntity,
  NumberHolderEntity,
  OfferEntity,
  PolicyEntity,
  ProductLocatorEntity,
  ProductVersionEntity,
} from './projection/projection.entity';
import { TellPrepaidFees1700000000095 } from './migrations/1700000000095-tell-prepaid-fees';
import { CreateSessionNotification1700000000070 } from './migrations/1700000000070-create-session-notification';
import { GoOnLookingAtSessions1700000000407 } from './migrations/1700000000407-go-on-looking-at-sessions';
import { EndSuspenseOfEndedParts1700000000408 } from './migrations/1700000000408-end-suspense-of-ended-parts';
import {
  CreditChangeEntity,
  SessionNotificationEntity,
} from './session/notification/session-notification.entity';
import { RefusedCreateEntity, SessionDeadlineEntity, SessionEntity } from './session/session.entity';
import { reratingEntities } from './rerating/rerating.entity';
import { UsageCallEntity, UsagePartEntity } from './usage/call-part.entity';
import {
  AccountPeriodEntity,
  RatedUsageEntity,
  TotalsMarkEntity,
  UsageTotalEntity,
} from './usage/rated-usage.entity';
import {
  ReconciledUsageEntity,
  SourceCloseEntity,
  SuspendedUsageEntity,
  UsageFileEntity,
  UsageRecordKeyEntity,
  UsageSourceEntity,
  UsageWindowEntity,
} from './usage/usage-delivery.entity';

/** Usage, spendable balances and their journal, reservations, rated usage. */
export const chargingDomain: DomainManifest = defineDomain({
  name: 'charging',
  module: ChargingModule,
  sdlFile: join(__dirname, 'charging.graphql'),
  entities: [
    AccountEntity,
    BillCycleEntity,
    ProductLocatorEntity,
    ProductVersionEntity,
    NumberHolderEntity,
    OfferEntity,
    PolicyEntity,
    GroupPeriodEntity,
    BucketEntity,
    BucketEntryEntity,
    RerateEntity,
    UsageSourceEntity,
    SourceCloseEntity,
    UsageFileEntity,
    UsageWindowEntity,
    UsageRecordKeyEntity,
    SuspendedUsageEntity,
    ReconciledUsageEntity,
    UsageCallEntity,
    UsagePartEntity,
    RatedUsageEntity,
    UsageTotalEntity,
    AccountPeriodEntity,
    TotalsMarkEntity,
    SessionEntity,
    RefusedCreateEntity,
    SessionDeadlineEntity,
    CreditChangeEntity,
    SessionNotificationEntity,
    MoneyBucketEntity,
    MoneyEntryEntity,
    MoneyTransferEntity,
    MoneyTransferLocatorEntity,
    ...reratingEntities,
    BalanceNoticeEntity,
    ...whatIfEntities,
    SharingEntity,
    MoneySharingEntity,
    MoneyShareUseEntity,
    SpendCapEntity,
    SpendHoldEntity,
    UnitGrantEntity,
    PrepaidFeeEntity,
    FeeStopEntity,
    FeeCorrectionEntity,
    ConsumptionDayEntity,
    PostingZoneEntity,
  ],
  migrations: [
    CreateCharging1700000000000,
    CreateUsage1700000000001,
    CreateSessions1700000000002,
    WidenRating1700000000010,
    CollectUsage1700000000020,
    ReconcileUsage1700000000021,
    CreateMoney1700000000030,
    CreateMoneyTransfer1700000000031,
    CreateBalanceNotice1700000000032,
    CreatePrepaidFee1700000000033,
    CreateConsumption1700000000034,
    WidenSessions1700000000040,
    CutSessions1700000000041,
    CreateRerating1700000000050,
    CreateWhatIf1700000000051,
    CreateSharing1700000000060,
    CreateUnitGrant1700000000061,
    CreateSessionNotification1700000000070,
    KeepAnswersInSessions1700000000080,
    MarkTotalsByBatch1700000000081,
    CreateRowTypes1700000000082,
    ShareAcrossAccounts1700000000090,
    KeepWhatBucketsPaid1700000000091,
    TellPrepaidFees1700000000095,
    CreateFeeStop1700000000098,
    WidenWhatIf1700000000102,
    CorrectPolicies1700000000103,
    MarkPeriodsOfTotals1700000000180,
    TellMoneyAgain1700000000181,
    CountBucketsInIncrements1700000000195,
    ReserveByMember1700000000210,
    ShareMoney1700000000211,
    CapSpending1700000000212,
    AskBalanceGroups1700000000213,
    TellBonuses1700000000220,
    CorrectFees1700000000221,
    EnterSettlements1700000000222,
    DropUsageSourceIndex1700000000300,
    CountSpending1700000000320,
    CreateUsageWindow1700000000345,
    KeepWhereWindowsBegin1700000000346,
    KeepSessionsAsText1700000000370,
    CreateWriteTypes1700000000385,
    CreateEntryType1700000000386,
    FindRequestsByKey1700000000387,
    KeepTotalsInGroups1700000000395,
    ShortenUsageIndex1700000000396,
    MoveOnlineInGroups1700000000397,
    CompareAccountsWithGroups1700000000398,
    SpareStatistics1700000000399,
    SweepSessionsByBatch1700000000400,
    KeepCardGroupsOfNumbers1700000000401,
    KeepBucketsInGroups1700000000402,
    FindAccountsByPlace1700000000403,
    KeepProductsInAccounts1700000000404,
    HoldCountersInGroups1700000000405,
    KeepMappingsOfFiles1700000000406,
    GoOnLookingAtSessions1700000000407,
    EndSuspenseOfEndedParts1700000000408,
  ],
  restPrefixes: [
    '/usage',
    '/tmf-api/usageManagement',
    '/nchf-convergedcharging',
    '/tmf-api/prepayBalanceManagement/v4/bucket',
    '/tmf-api/prepayBalanceManagement/v4/accumulatedBalance',
    '/tmf-api/prepayBalanceManagement/v4/transferBalance',
    '/tmf-api/prepayBalanceManagement/v4/adjustBalance',
    '/tmf-api/usageConsumption',
  ],
});
