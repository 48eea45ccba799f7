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
import { TopUpResolver } from './top-up/top-up.resolver';
import { TopUpService } from './top-up/top-up.service';
import { TopUpBalanceController } from './top-up/topup-balance.controller';
import { TopUpWorker } from './top-up/top-up.worker';

/** Everything that receivables runs. */
@Module({
  imports: [PlatformModule.forDomain('receivables')],
  controllers: [TopUpBalanceController],
  providers: [
    PostingService,
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
