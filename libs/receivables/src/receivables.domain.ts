import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { AccountEntity, AccountLedgerEntity } from './account.entity';
import { BillLaneEntity, JournalEntryEntity, OpenItemEntity } from './ledger.entity';
import { CreateReceivables1700000000000 } from './migrations/1700000000000-create-receivables';
import { AddConsumptionPeriod1700000000002 } from './migrations/1700000000002-add-consumption-period';
import { CreatePrepayment1700000000001 } from './migrations/1700000000001-create-prepayment';
import { CreateSettlement1700000000150 } from './migrations/1700000000150-create-settlement';
import {
  DunningAccountEntity,
  DunningCaseEntity,
  DunningPromiseEntity,
  DunningStepEntity,
  DunningStopEntity,
} from './dunning/dunning.entity';
import { DisputeEntity, DisputeLaneEntity } from './dunning/dispute.entity';
import { OfferingEntity, ProductEntity } from './dunning/dunning-product.entity';
import { LateFeeChargeEntity, LateFeeEntity, LateFeeWaiverEntity } from './dunning/late-fee.entity';
import { CreateDunning1700000000160 } from './migrations/1700000000160-create-dunning';
import { InstalmentPlanEntity } from './instalment/instalment-plan.entity';
import {
  CashBankingEntity,
  CashierShiftEntity,
  CashReceiptEntity,
  TillEntity,
} from './cashier/cashier.entity';
import { ReturnReceipts1700000000361 } from './migrations/1700000000361-return-receipts';
import { BankCash1700000000250 } from './migrations/1700000000250-bank-cash';
import { CreateCashierShift1700000000171 } from './migrations/1700000000171-create-cashier-shift';
import { LeavePlan1700000000330 } from './migrations/1700000000330-leave-plan';
import { IndexJournalByTime1700000000170 } from './migrations/1700000000170-index-journal-by-time';
import { AllocationEntity, PaymentEntity, PaymentLaneEntity } from './payment.entity';
import { ReceiptEntity, StatementFileEntity } from './receipt/receipt.entity';
import { MovementEntity, MovementLaneEntity } from './settlement/movement.entity';
import { ReceivablesModule } from './receivables.module';
import {
  ConsumptionEntity,
  PolicyEntity,
  PrepaymentEntity,
  TopUpEntity,
  TopUpLaneEntity,
} from './top-up/top-up.entity';

/** General ledger, payments and what is owed. */
export const receivablesDomain: DomainManifest = defineDomain({
  name: 'receivables',
  module: ReceivablesModule,
  sdlFile: join(__dirname, 'receivables.graphql'),
  entities: [
    AccountEntity,
    AccountLedgerEntity,
    JournalEntryEntity,
    OpenItemEntity,
    BillLaneEntity,
    PaymentEntity,
    AllocationEntity,
    PaymentLaneEntity,
    MovementEntity,
    MovementLaneEntity,
    InstalmentPlanEntity,
    ReceiptEntity,
    StatementFileEntity,
    TopUpEntity,
    TopUpLaneEntity,
    ConsumptionEntity,
    PrepaymentEntity,
    PolicyEntity,
    TillEntity,
    CashierShiftEntity,
    CashReceiptEntity,
    CashBankingEntity,
    CashBankingEntity,
    ProductEntity,
    OfferingEntity,
    DunningAccountEntity,
    DunningPromiseEntity,
    DunningCaseEntity,
    DunningStepEntity,
    DunningStopEntity,
    LateFeeEntity,
    LateFeeChargeEntity,
    LateFeeWaiverEntity,
    DisputeEntity,
    DisputeLaneEntity,
  ],
  migrations: [
    CreateReceivables1700000000000,
    CreatePrepayment1700000000001,
    AddConsumptionPeriod1700000000002,
    CreateSettlement1700000000150,
    CreateDunning1700000000160,
    IndexJournalByTime1700000000170,
    CreateCashierShift1700000000171,
    BankCash1700000000250,
    LeavePlan1700000000330,
    ReturnReceipts1700000000361,
  ],
  restPrefixes: [
    '/reports/journal',
    '/reports/trial-balance',
    '/reports/deferred',
    '/reports/aging',
    '/payments',
    '/tmf-api/paymentManagement',
    '/tmf-api/accountManagement',
    '/tmf-api/prepayBalanceManagement/v4/topupBalance',
  ],
});
