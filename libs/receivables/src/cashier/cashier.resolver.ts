import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import { CashierService } from './cashier.service';

/** Longest reference of a bank's slip. */
const REFERENCE_LIMIT = 100;

/** Shifts at the tills. */
@Resolver('CashierShift')
export class CashierResolver {
  constructor(private readonly cashiers: CashierService) {}

  @Roles('counter', 'billing')
  @Query('cashierShifts')
  list(@Args('notClosed') notClosed: boolean) {
    return this.cashiers.list(notClosed);
  }

  @Roles('counter')
  @Mutation('openCashierShift')
  open(@Args('till') till: string, @Args('float') float: string, @Args('idempotencyKey') key: string) {
    return this.cashiers.open({ till, float }, key);
  }

  @Roles('counter')
  @Mutation('countCashierShift')
  count(
    @Args('shiftId') shiftId: string,
    @Args('counted') counted: string,
    @Args('idempotencyKey') key: string,
  ) {
    return this.cashiers.count({ shiftId, counted }, key);
  }

  @Roles('counter', 'billing')
  @Mutation('approveCashierShift')
  approve(@Args('shiftId') shiftId: string, @Args('idempotencyKey') key: string) {
    return this.cashiers.approve({ shiftId }, key);
  }

  @Roles('counter', 'billing')
  @Mutation('bankCash')
  bank(
    @Args('shiftId') shiftId: string,
    @Args('amount') amount: string,
    @Args('reference') reference: string,
    @Args('idempotencyKey') key: string,
  ) {
    return this.cashiers.bank({ shiftId, amount, reference: reference.slice(0, REFERENCE_LIMIT) }, key);
  }

  @Roles('billing')
  @Mutation('requireCashierShift')
  require(
    @Args('till') till: string,
    @Args('needed') isNeeded: boolean,
    @Args('idempotencyKey') key: string,
  ) {
    return this.cashiers.require({ till, isNeeded }, key);
  }
}
