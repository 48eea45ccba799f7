import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { textIn, type LocalizedText } from '@ronghe/contracts';
import { moneyToDecimal, sumMoney } from '@ronghe/kernel';
import { Roles } from '@ronghe/platform';
import { BalanceService } from './balance.service';
import { PostingService } from './posting.service';
import { methodOf } from './payment-method-name';
import { RecordPaymentDto } from './receivables.dto';
import { recordedPaymentView, trialBalanceRowView, type PaymentView } from './receivables.view';

/** Payments at the counter and the ledger at a glance. */
@Resolver('TrialBalanceRow')
export class ReceivablesResolver {
  constructor(
    private readonly posting: PostingService,
    private readonly balances: BalanceService,
  ) {}

  @Roles('billing', 'operations')
  @Query('trialBalance')
  async trialBalance() {
    const rows = await this.balances.trialBalance();
    return {
      rows: rows.map(trialBalanceRowView),
      debit: moneyToDecimal(sumMoney(rows.map((row) => row.debit))),
      credit: moneyToDecimal(sumMoney(rows.map((row) => row.credit))),
    };
  }

  @Roles('counter')
  @Mutation('recordPayment')
  async recordPayment(
    @Args('input') input: RecordPaymentDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<PaymentView> {
    const request = { ...input, method: methodOf(input.method), allocations: input.allocations ?? undefined };
    return recordedPaymentView(await this.posting.recordPayment(request, idempotencyKey));
  }

  @ResolveField('name')
  name(@Parent() row: { names: LocalizedText }, @Args('language') language: string): string {
    return textIn(row.names, language);
  }
}
