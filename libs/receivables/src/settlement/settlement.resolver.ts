import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import { methodOf } from '../payment-method-name';
import { CreditService } from './credit.service';
import { DepositService } from './deposit.service';
import {
  AllocateCreditDto,
  DepositDto,
  RecoverDto,
  RefundDto,
  UnallocateDto,
  UseDepositDto,
  WriteOffDto,
} from './settlement.dto';
import { movementView } from './settlement.view';
import { WriteOffService } from './write-off.service';

/** What the counter and billing do with an account's money, besides taking payments. */
@Resolver()
export class SettlementResolver {
  constructor(
    private readonly credits: CreditService,
    private readonly deposits: DepositService,
    private readonly writeOffs: WriteOffService,
  ) {}

  @Roles('counter', 'billing')
  @Mutation('allocateCredit')
  async allocateCredit(@Args('input') input: AllocateCreditDto, @Args('idempotencyKey') key: string) {
    const request = { accountId: input.accountId, allocations: input.allocations ?? undefined };
    return movementView(await this.credits.allocate(request, key));
  }

  @Roles('counter', 'billing')
  @Mutation('unallocate')
  async unallocate(@Args('input') input: UnallocateDto, @Args('idempotencyKey') key: string) {
    return movementView(await this.credits.unallocate({ ...input }, key));
  }

  @Roles('counter', 'billing')
  @Mutation('refund')
  async refund(@Args('input') input: RefundDto, @Args('idempotencyKey') key: string) {
    return movementView(await this.credits.refund({ ...input, method: methodOf(input.method) }, key));
  }

  @Roles('counter', 'billing')
  @Mutation('takeDeposit')
  async takeDeposit(@Args('input') input: DepositDto, @Args('idempotencyKey') key: string) {
    return movementView(await this.deposits.take({ ...input, method: methodOf(input.method) }, key));
  }

  @Roles('counter', 'billing')
  @Mutation('returnDeposit')
  async returnDeposit(@Args('input') input: DepositDto, @Args('idempotencyKey') key: string) {
    return movementView(await this.deposits.giveBack({ ...input, method: methodOf(input.method) }, key));
  }

  @Roles('counter', 'billing')
  @Mutation('useDeposit')
  async useDeposit(@Args('input') input: UseDepositDto, @Args('idempotencyKey') key: string) {
    return movementView(await this.deposits.use({ ...input }, key));
  }

  @Roles('billing')
  @Mutation('writeOff')
  async writeOff(@Args('input') input: WriteOffDto, @Args('idempotencyKey') key: string) {
    return movementView(await this.writeOffs.writeOff({ ...input }, key));
  }

  @Roles('counter', 'billing')
  @Mutation('recoverWriteOff')
  async recover(@Args('input') input: RecoverDto, @Args('idempotencyKey') key: string) {
    return movementView(await this.writeOffs.recover({ ...input, method: methodOf(input.method) }, key));
  }
}
