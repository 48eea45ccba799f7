import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { isId, moneyToDecimal } from '@ronghe/kernel';
import { Roles } from '@ronghe/platform';
import type { Receipt } from './receipt';
import { MatchReceiptDto, ReceiptAndReasonDto } from './receipt.dto';
import { ReceiptService } from './receipt.service';

/** Receipts that nobody could match, and whose they are. */
@Resolver()
export class ReceiptResolver {
  constructor(private readonly receipts: ReceiptService) {}

  @Roles('billing', 'operations')
  @Query('unmatchedReceipts')
  async unmatched(@Args('first') first: number, @Args('after') after?: string | null) {
    const receipts = await this.receipts.unmatched(after && isId(after) ? after : null, first);
    return receipts.map(receiptView);
  }

  @Roles('billing')
  @Mutation('matchReceipt')
  async match(@Args('input') input: MatchReceiptDto, @Args('idempotencyKey') key: string) {
    return receiptView(await this.receipts.match({ ...input }, key));
  }

  @Roles('billing')
  @Mutation('unmatchReceipt')
  async unmatch(@Args('input') input: ReceiptAndReasonDto, @Args('idempotencyKey') key: string) {
    return receiptView(await this.receipts.unmatch({ ...input }, key));
  }

  @Roles('billing')
  @Mutation('returnReceipt')
  async return(@Args('input') input: ReceiptAndReasonDto, @Args('idempotencyKey') key: string) {
    return receiptView(await this.receipts.return({ ...input }, key));
  }
}

/** A receipt as GraphQL shows it. */
function receiptView({ amount, accountId, ...receipt }: Receipt) {
  return { ...receipt, amount: moneyToDecimal(amount), account: accountId === null ? null : { accountId } };
}
