import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { BillLinesService } from './bill/bill-lines.service';
import { BillResolver } from './bill/bill.resolver';
import { BillService } from './bill/bill.service';
import { Channels } from './delivery/channels.service';
import { DeliveryDesk } from './delivery/delivery-desk.service';
import { BillDocumentsResolver, DeliveryResolver } from './delivery/delivery.resolver';
import { DeliveryService } from './delivery/delivery.service';
import { DeliveryWorker } from './delivery/delivery.worker';
import { FileTaxPlatform } from './invoice/file-tax-platform.service';
import { TaxInvoiceDesk } from './invoice/tax-invoice-desk.service';
import { TaxInvoiceService } from './invoice/tax-invoice.service';
import { TaxPlatform } from './invoice/tax-platform';
import { DraftService } from './bill/draft.service';
import {
  AppliedDiscountResolver,
  BillLineExplanationResolver,
  BillLineResolver,
  ExplanationResolver,
  ExplanationStepResolver,
} from './bill/explanation.resolver';
import { OneTimeChargeService } from './bill/one-time-charge.service';
import { AccountResolver, CustomerResolver } from './bill/owner.resolver';
import { BillingAudit } from './billing.audit.service';
import { TaxExemptionResolver } from './tax/tax-exemption.resolver';
import { TaxExemptionService } from './tax/tax-exemption.service';
import { CreditNoteResolver } from './credit/credit-note.resolver';
import { CreditNoteService } from './credit/credit-note.service';
import { CorrectionWorker } from './correction/correction.worker';
import { BillPageController } from './page/bill-page.controller';
import { BillPages } from './page/bill-pages.service';
import { DueAmounts } from './page/due-amount.service';
import { PageLinks } from './page/page-links.service';
import { BillingGroupSubscriber } from './projection/billing-group.subscriber';
import { CustomerNameSubscriber } from './projection/customer-name.subscriber';
import { ProjectionSubscriber } from './projection/projection.subscriber';
import { BillNowResolver } from './run/bill-now.resolver';
import { BillNowService } from './run/bill-now.service';
import { BillRunResolver } from './run/bill-run.resolver';
import { BillRunService } from './run/bill-run.service';
import { BillRunWorker } from './run/bill-run.worker';
import { RunControl } from './run/run-control.service';
import { LaneWork } from './run/lane-work.service';
import { RunStages } from './run/run-stages.service';
import { BillReportController } from './report/bill-report.controller';
import { BillReportResolver } from './report/bill-report.resolver';
import { SettlementWorker } from './statement/settlement.worker';
import { StatementSubscriber } from './statement/statement.subscriber';
import { CustomerBillController } from './tmf/customer-bill.controller';

const resolvers = [
  CreditNoteResolver,
  TaxExemptionResolver,
  BillResolver,
  BillLineResolver,
  AppliedDiscountResolver,
  ExplanationResolver,
  ExplanationStepResolver,
  BillLineExplanationResolver,
  AccountResolver,
  CustomerResolver,
  BillRunResolver,
  BillNowResolver,
  DeliveryResolver,
  BillDocumentsResolver,
  BillReportResolver,
];

const services = [
  CreditNoteService,
  TaxExemptionService,
  BillService,
  BillLinesService,
  DraftService,
  OneTimeChargeService,
  DueAmounts,
  PageLinks,
  Channels,
  DeliveryDesk,
  DeliveryService,
  TaxInvoiceDesk,
  TaxInvoiceService,
  BillPages,
  BillRunService,
  BillNowService,
  RunControl,
  RunStages,
  LaneWork,
];

/** Everything that billing runs. */
@Module({
  imports: [PlatformModule.forDomain('billing')],
  controllers: [BillReportController, BillPageController, CustomerBillController],
  providers: [
    ...services,
    ...resolvers,
    { provide: TaxPlatform, useClass: FileTaxPlatform },
    DeliveryWorker,
    ProjectionSubscriber,
    CustomerNameSubscriber,
    BillingGroupSubscriber,
    StatementSubscriber,
    SettlementWorker,
    CorrectionWorker,
    BillRunWorker,
    BillingAudit,
  ],
})
export class BillingModule {}
