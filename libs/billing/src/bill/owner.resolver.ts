import { Args, Context, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStartId,
  Roles,
  type GraphQLContext,
  type PageArguments,
} from '@ronghe/platform';
import type { Bill } from './bill';
import { BillService } from './bill.service';
import { billView } from './bill.view';

/** A page of bills as GraphQL shows it; the cursor is the bill's id, since ids grow with time. */
export function billConnection(bills: readonly Bill[], page: PageArguments) {
  const connection = connectionOf(bills.map(billView), page, (bill) => bill.id);
  return { ...connection, nodes: connection.edges.map((edge) => edge.node) };
}

/** What billing adds to an account: its bills. */
@Resolver('Account')
export class AccountResolver {
  constructor(private readonly bills: BillService) {}

  @ResolveReference()
  resolveReference(reference: { accountId: string }): { accountId: string } {
    return { accountId: reference.accountId };
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('bills')
  async billsOf(
    @Parent() account: { accountId: string },
    @Args('first') first: number,
    @Args('after') after: string | undefined,
    @Context() context: GraphQLContext,
  ) {
    const page = { first, after };
    const scope = { after: pageStartId(page), limit: pageLimit(page) };
    const name = `billing.accountBills/${first}/${after ?? ''}`;
    const loader = loaderOf(context, name, (ids: readonly string[]) => this.bills.ofAccounts(ids, scope));
    return billConnection((await loader.load(account.accountId)) ?? [], page);
  }
}

/** What billing adds to a customer: the bills of all accounts. */
@Resolver('Customer')
export class CustomerResolver {
  constructor(private readonly bills: BillService) {}

  @ResolveReference()
  resolveReference(reference: { customerId: string }): { customerId: string } {
    return { customerId: reference.customerId };
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('bills')
  async billsOf(
    @Parent() customer: { customerId: string },
    @Args('first') first: number,
    @Args('after') after: string | undefined,
    @Context() context: GraphQLContext,
  ) {
    const page = { first, after };
    const scope = { after: pageStartId(page), limit: pageLimit(page) };
    const name = `billing.customerBills/${first}/${after ?? ''}`;
    const loader = loaderOf(context, name, (ids: readonly string[]) => this.bills.ofCustomers(ids, scope));
    return billConnection((await loader.load(customer.customerId)) ?? [], page);
  }
}
