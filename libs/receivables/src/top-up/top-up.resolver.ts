import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { moneyToDecimal } from '@ronghe/kernel';
import { Roles } from '@ronghe/platform';
import { methodName, methodOf } from '../payment-method-name';
import type { TopUp } from './top-up';
import { TopUpDto } from './top-up.dto';
import { TopUpService } from './top-up.service';

/** Money in advance at the counter. */
@Resolver()
export class TopUpResolver {
  constructor(private readonly topUps: TopUpService) {}

  @Roles('counter', 'billing', 'operations')
  @Query('topUp')
  async find(@Args('paymentId') paymentId: string) {
    return topUpView(await this.topUps.get(paymentId));
  }

  @Roles('counter')
  @Mutation('topUp')
  async topUp(@Args('input') input: TopUpDto, @Args('idempotencyKey') idempotencyKey: string) {
    const { accountId, amount } = input;
    const request = { accountId, amount, method: methodOf(input.method) };
    return topUpView(await this.topUps.topUp(request, idempotencyKey));
  }
}

/** A top-up as GraphQL shows it. */
function topUpView(topUp: TopUp) {
  return {
    paymentId: topUp.paymentId,
    account: { accountId: topUp.accountId },
    amount: moneyToDecimal(topUp.amount),
    method: methodName(topUp.method),
    state: topUp.state.toUpperCase(),
    bookedAt: topUp.bookedAt,
    grantedAt: topUp.grantedAt,
    repaidOverrun: topUp.outcome?.repaidOverrun ?? null,
    bonus: topUp.outcome?.bonus ?? null,
    validTo: topUp.outcome?.validTo ?? null,
  };
}
