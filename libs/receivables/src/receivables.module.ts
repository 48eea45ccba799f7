import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { AccountResolver } from './account.resolver';
import { ReceivablesAudit } from './audit.service';
import { BalanceService } from './balance.service';
import { BillResolver } from './bill.resolver';
import {
  AccountDunningResolver,
  DunningHistoryResolver,
  DunningOutlookResolver,
  DunningStepResolver,
} from './dunning/account-dunning.resolver';
import { DisputeService } from './dunning/dispute.service';
import { DunningReadingService } from './dunning/dunning-reading.service';
import { DunningReviewService } from './dunning/dunning-review.service';
import { DunningStopWorker } from './dunning/dunning-stop.worker';
import { DunningTermsService } from './dunning/dunning-terms.service';
import { DunningResolver } from './dunning/dunning.resolver';
import { DunningSubscriber } from './dunning/dunning.subscriber';
import { DunningWorker } from './dunning/dunning.worker';
import { LateFeeWorker } from './dunning/late-fee.worker';
import { DueService } from './due.service';
import { PostingService } from './posting.service';
import { ReceivablesResolver } from './receivables.resolver';
import { ReceivablesSubscriber } from './receivables.subscriber';
import { ConsumptionService } from './consumption/consumption.service';
import { InstalmentResolver } from './instalment/instalment.resolver';
import { InstalmentService } from './instalment/instalment.service';
import { GatewayService } from './receipt/gateway.service';
import { PaymentsController } from './receipt/payments.controller';
import { ReceiptResolver } from './receipt/receipt.resolver';
import { ReceiptService } from './receipt/receipt.service';
import { StatementService } from './receipt/statement.service';
import { BillingAccountController } from './tmf/billing-account.controller';
import { PaymentReading } from './tmf/payment-reading.service';
import { PaymentController } from './tmf/payment.controller';
import { CashDrawer } from './cashier/cash-drawer.service';
import { CashierResolver } from './cashier/cashier.resolver';
import { CashierService } from './cashier/cashier.service';
import { LedgerReportController } from './report/ledger-report.controller';
import { LedgerReportResolver } from './report/ledger-report.resolver';
import { AccountMoneyResolver } from './settlement/account-money.resolver';
import { AccountMoney } from './settlement/account-money.service';
import { BillLines } from './settlement/bill-lines.service';
import { CreditService } from './settlement/credit.service';
import { DepositService } from './settlement/deposit.service';
import { MovementBook } from './settlement/movement-book.service';
import { SettlementResolver } from './settlement/settlement.resolver';
import { WriteOffService } from './settlement/write-off.service';
import { TopUpResolver } from './top-up/top-up.resolver';
import { TopUpService } from './top-up/top-up.service';
import { TopUpBalanceController } from './top-up/topup-balance.controller';
import { TopUpWorker } from './top-up/top-up.worker';

const receipts = [ReceiptService, StatementService, GatewayService, ReceiptResolver];

const settlement = [
  PaymentReading,
  InstalmentService,
  InstalmentResolver,
  BillLines,
  MovementBook,
  CreditService,
  DepositService,
  WriteOffService,
  AccountMoney,
  SettlementResolver,
  AccountMoneyResolver,
];

/** Everything that receivables runs. */
@Module({
  imports: [PlatformModule.forDomain('receivables')],
  controllers: [
    LedgerReportController,
    PaymentsController,
    PaymentController,
    BillingAccountController,
    TopUpBalanceController,
  ],
  providers: [
    CashDrawer,
    CashierService,
    CashierResolver,
    PostingService,
    ...settlement,
    ...receipts,
    BalanceService,
    DueService,
    ReceivablesSubscriber,
    ReceivablesResolver,
    LedgerReportResolver,
    AccountResolver,
    BillResolver,
    ReceivablesAudit,
    TopUpService,
    ConsumptionService,
    TopUpWorker,
    TopUpResolver,
    DunningReviewService,
    DunningWorker,
    DunningSubscriber,
    DunningStopWorker,
    LateFeeWorker,
    DisputeService,
    DunningTermsService,
    DunningReadingService,
    DunningResolver,
    AccountDunningResolver,
    DunningHistoryResolver,
    DunningStepResolver,
    DunningOutlookResolver,
  ],
})
export class ReceivablesModule {}
