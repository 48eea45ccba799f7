import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { AccountResolver } from './account.resolver';
import { ReceivablesAudit } from './audit.service';
import { BalanceService } from './balance.service';
import { BillResolver } from './bill.resolver';
import { DueService } from './due.service';
import { PostingService } from './posting.service';
import { ReceivablesResolver } from './receivables.resolver';
import { ReceivablesSubscriber } from './receivables.subscriber';
import { ConsumptionService } from './consumption/consumption.service';
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

const settlement = [
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
  controllers: [TopUpBalanceController],
  providers: [
    PostingService,
    ...settlement,
    BalanceService,
    DueService,
    ReceivablesSubscriber,
    ReceivablesResolver,
    AccountResolver,
    BillResolver,
    ReceivablesAudit,
    TopUpService,
    ConsumptionService,
    TopUpWorker,
    TopUpResolver,
  ],
})
export class ReceivablesModule {}
