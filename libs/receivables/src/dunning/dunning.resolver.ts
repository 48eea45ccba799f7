import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import { DisputeService } from './dispute.service';
import { DunningReadingService } from './dunning-reading.service';
import { DunningTermsService } from './dunning-terms.service';
import {
  DunningTermsDto,
  OpenDisputeDto,
  PromisePaymentDto,
  ResolveDisputeDto,
  WaiveLateFeeDto,
} from './dunning.dto';
import { disputeView, enumName } from './dunning.view';

/** What clerks agree with customers who do not pay in time, and what operators look at. */
@Resolver()
export class DunningResolver {
  constructor(
    private readonly disputes: DisputeService,
    private readonly terms: DunningTermsService,
    private readonly reading: DunningReadingService,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('waitingDisputes')
  async waitingDisputes() {
    return (await this.disputes.waiting()).map(disputeView);
  }

  @Roles('billing', 'operations')
  @Query('dunningSummary')
  async dunningSummary() {
    const { cases, ...rest } = await this.reading.summary();
    return {
      ...rest,
      cases: cases.map((each) => ({ ...each, service: enumName(each.service), stop: enumName(each.stop) })),
    };
  }

  @Roles('counter', 'billing')
  @Mutation('openDispute')
  async openDispute(@Args('input') input: OpenDisputeDto, @Args('idempotencyKey') key: string) {
    return disputeView(await this.disputes.open(input, key));
  }

  @Roles('billing')
  @Mutation('resolveDispute')
  async resolveDispute(@Args('input') input: ResolveDisputeDto, @Args('idempotencyKey') key: string) {
    const { disputeId, accepted: isAccepted, reason } = input;
    return disputeView(await this.disputes.resolve({ disputeId, isAccepted, reason }, key));
  }

  @Roles('counter', 'billing')
  @Mutation('promisePayment')
  async promisePayment(@Args('input') input: PromisePaymentDto, @Args('idempotencyKey') key: string) {
    await this.terms.promise({ ...input }, key);
    return { accountId: input.accountId };
  }

  @Roles('counter', 'billing')
  @Mutation('endPaymentPromise')
  async endPaymentPromise(@Args('accountId') accountId: string, @Args('idempotencyKey') key: string) {
    await this.terms.endPromise({ accountId }, key);
    return { accountId };
  }

  @Roles('billing')
  @Mutation('setDunningTerms')
  async setDunningTerms(@Args('input') input: DunningTermsDto, @Args('idempotencyKey') key: string) {
    const { accountId, customerClass, exempt: isExempt, bearsLateFee, reason } = input;
    await this.terms.setTerms({ accountId, customerClass, isExempt, bearsLateFee, reason }, key);
    return { accountId };
  }

  @Roles('counter', 'billing')
  @Mutation('waiveLateFee')
  async waiveLateFee(@Args('input') input: WaiveLateFeeDto, @Args('idempotencyKey') key: string) {
    await this.terms.waive({ ...input }, key);
    return { accountId: input.accountId };
  }
}
