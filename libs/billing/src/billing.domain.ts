import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import {
  BillEntity,
  BillLaneEntity,
  BillLineEntity,
  BillNumberEntity,
  BillTaxEntity,
  NumberSeriesEntity,
  OneTimeChargeEntity,
} from './bill/bill.entity';
import { BillingModule } from './billing.module';
import { CreateBilling1700000000000 } from './migrations/1700000000000-create-billing';
import { CreateStatement1700000000020 } from './migrations/1700000000020-create-statement';
import { AddAccountRegion1700000000250 } from './migrations/1700000000250-add-account-region';
import { KeepRoomForPublication1700000000310 } from './migrations/1700000000310-keep-room-for-publication';
import { IndexWaitingRuns1700000000331 } from './migrations/1700000000331-index-waiting-runs';
import { AddLineDiscounts1700000000010 } from './migrations/1700000000010-add-line-discounts';
import { CreateCorrection1700000000030 } from './migrations/1700000000030-create-correction';
import { DivideRuns1700000000100 } from './migrations/1700000000100-divide-runs';
import { CreateBillingGroup1700000000120 } from './migrations/1700000000120-create-billing-group';
import { CreateTaxExemption1700000000171 } from './migrations/1700000000171-create-tax-exemption';
import { TaxExemptionEntity } from './tax/tax-exemption.entity';
import { CreateCreditNote1700000000170 } from './migrations/1700000000170-create-credit-note';
import { CreditNoteEntity } from './credit/credit-note.entity';
import { AccountRelationEntity } from './projection/account-relation.entity';
import { SayWhoIsInRuns1700000000180 } from './migrations/1700000000180-say-who-is-in-runs';
import { StateBonuses1700000000220 } from './migrations/1700000000220-state-bonuses';
import { SettleStatements1700000000221 } from './migrations/1700000000221-settle-statements';
import { SettlementEntity } from './statement/settlement.entity';
import { CreateDocuments1700000000140 } from './migrations/1700000000140-create-documents';
import { StateSharedMoney1700000000340 } from './migrations/1700000000340-state-shared-money';
import { KeepCustomerNames1700000000360 } from './migrations/1700000000360-keep-customer-names';
import { CustomerNameEntity } from './projection/customer-name.entity';
import { BillDeliveryEntity, DeliveryWishEntity, TaxInvoiceEntity } from './document/document.entity';
import { CorrectionEntity } from './correction/correction.entity';
import {
  AccountEntity,
  BillCycleEntity,
  OfferEntity,
  PolicyEntity,
  ProductEntity,
  SourceWatermarkEntity,
  UsageStatementEntity,
} from './projection/projection.entity';
import { ConsumptionDayEntity, DebitedFeeEntity, StatementEntity } from './statement/statement.entity';
import {
  BillingClaimEntity,
  BillRunEntity,
  BillRunRangeEntity,
  ReopenedPeriodEntity,
} from './run/bill-run.entity';

const projections = [
  AccountEntity,
  BillCycleEntity,
  ProductEntity,
  OfferEntity,
  PolicyEntity,
  UsageStatementEntity,
  SourceWatermarkEntity,
];

/** Recurring charges, cycles and runs, bills, tax. */
export const billingDomain: DomainManifest = defineDomain({
  name: 'billing',
  module: BillingModule,
  sdlFile: join(__dirname, 'billing.graphql'),
  entities: [
    ...projections,
    BillRunEntity,
    BillRunRangeEntity,
    BillingClaimEntity,
    ReopenedPeriodEntity,
    BillEntity,
    BillLineEntity,
    BillTaxEntity,
    BillLaneEntity,
    NumberSeriesEntity,
    BillNumberEntity,
    OneTimeChargeEntity,
    CorrectionEntity,
    DebitedFeeEntity,
    ConsumptionDayEntity,
    StatementEntity,
    SettlementEntity,
    AccountRelationEntity,
    CustomerNameEntity,
    CreditNoteEntity,
    TaxExemptionEntity,
    DeliveryWishEntity,
    BillDeliveryEntity,
    TaxInvoiceEntity,
  ],
  migrations: [
    CreateBilling1700000000000,
    AddLineDiscounts1700000000010,
    CreateStatement1700000000020,
    CreateCorrection1700000000030,
    DivideRuns1700000000100,
    CreateBillingGroup1700000000120,
    CreateDocuments1700000000140,
    CreateCreditNote1700000000170,
    CreateTaxExemption1700000000171,
    SayWhoIsInRuns1700000000180,
    StateBonuses1700000000220,
    SettleStatements1700000000221,
    AddAccountRegion1700000000250,
    KeepRoomForPublication1700000000310,
    IndexWaitingRuns1700000000331,
    StateSharedMoney1700000000340,
    KeepCustomerNames1700000000360,
  ],
  restPrefixes: [
    '/reports/revenue',
    '/reports/revenue-by-region',
    '/reports/revenue-by-channel',
    '/reports/tax',
    '/reports/fees-in-advance',
    '/bills',
    '/tmf-api/customerBillManagement/v4',
  ],
});
