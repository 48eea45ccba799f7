import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import { BillService } from '../bill/bill.service';
import { billView } from '../bill/bill.view';
import { BillNowDto } from './bill-run.dto';
import { BillNowService } from './bill-now.service';

/** Bills outside the cycle. */
@Resolver()
export class BillNowResolver {
  constructor(
    private readonly now: BillNowService,
    private readonly bills: BillService,
  ) {}

  @Roles('billing')
  @Mutation('billNow')
  async billNow(@Args('input') input: BillNowDto, @Args('idempotencyKey') key: string) {
    const scope = input.scope === 'ONE_TIME' ? 'one-time' : 'so-far';
    const { billIds } = await this.now.bill({ accountId: input.accountId, scope }, key);
    const bills = await this.bills.byIds(billIds);
    return bills.flatMap((bill) => (bill ? [billView(bill)] : []));
  }
}
