import {
  Args,
  Context,
  Mutation,
  Parent,
  Query,
  ResolveField,
  ResolveReference,
  Resolver,
} from '@nestjs/graphql';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import type { Account, PaymentMode } from './account';
import { AccountReader } from './account-reader.service';
import { AccountService } from './account.service';
import { CustomerReader, type CustomerView } from './customer-reader.service';
import { OpenAccountDto } from './customer.dto';
import type { PaymentMode as PaymentModeName } from './generated/graphql';
import { customerErrors } from './customer.errors';

const modeOf: Record<PaymentModeName, PaymentMode> = { POSTPAID: 'postpaid', PREPAID: 'prepaid' };
const nameOf: Record<PaymentMode, PaymentModeName> = { postpaid: 'POSTPAID', prepaid: 'PREPAID' };

/** Accounts at the GraphQL edge. */
@Resolver('Account')
export class AccountResolver {
  constructor(
    private readonly service: AccountService,
    private readonly reader: AccountReader,
    private readonly customers: CustomerReader,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('account')
  async account(
    @Args('accountId') accountId: string,
    @Context() context: GraphQLContext,
  ): Promise<Account | null> {
    return this.load(context, accountId);
  }

  @Roles('counter', 'partner')
  @Mutation('openAccount')
  async openAccount(
    @Args('input') input: OpenAccountDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<Account> {
    const paymentMode = input.paymentMode ? modeOf[input.paymentMode] : null;
    const { accountId } = await this.service.open({ ...input, paymentMode }, idempotencyKey);
    const [account] = await this.reader.byIds([accountId]);
    if (!account) throw customerErrors.accountNotFound(accountId);
    return account;
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveReference()
  async reference(representation: { accountId: string }, context: GraphQLContext): Promise<Account | null> {
    return this.load(context, representation.accountId);
  }

  @ResolveField('paymentMode')
  paymentMode(@Parent() account: Account): PaymentModeName {
    return nameOf[account.paymentMode];
  }

  @ResolveField('customer')
  async customer(@Parent() account: Account, @Context() context: GraphQLContext): Promise<CustomerView> {
    const load = (ids: readonly string[]) => this.customers.byIds(ids);
    const customer = await loaderOf(context, 'customer.byId', load).load(account.customerId);
    if (!customer) throw customerErrors.customerNotFound(account.customerId);
    return customer;
  }

  private load(context: GraphQLContext, accountId: string): Promise<Account | null> {
    return loaderOf(context, 'account.byId', (ids: readonly string[]) => this.reader.byIds(ids)).load(
      accountId,
    );
  }
}
