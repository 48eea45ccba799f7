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
import { instantFromIso } from '@ronghe/kernel';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStart,
  pageStartId,
  Roles,
  type Connection,
  type GraphQLContext,
  type PageArguments,
} from '@ronghe/platform';
import type { Account } from './account';
import { AccountReader } from './account-reader.service';
import { FOREVER } from './contact-history';
import { CustomerReader, type CustomerView } from './customer-reader.service';
import { ChangeContactDto, RegisterCustomerDto } from './customer.dto';
import { customerErrors } from './customer.errors';
import { CustomerService } from './customer.service';
import type { MaskedDocument } from './identity-document.store';
import { namePositionToText } from './page-cursor';

/** Customers at the GraphQL edge. */
@Resolver('Customer')
export class CustomerResolver {
  constructor(
    private readonly service: CustomerService,
    private readonly reader: CustomerReader,
    private readonly accounts: AccountReader,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('customer')
  async customer(
    @Args('customerId') customerId: string,
    @Context() context: GraphQLContext,
  ): Promise<CustomerView | null> {
    return this.load(context, customerId);
  }

  @Roles('counter', 'billing', 'operations')
  @Query('customers')
  async customers(
    @Args('search') search: string | undefined | null,
    @Args() page: PageArguments,
  ): Promise<Connection<CustomerView>> {
    const rows = await this.reader.search(search ?? '', pageStart(page), pageLimit(page));
    return connectionOf(rows, page, namePositionToText);
  }

  @Roles('counter', 'partner')
  @Mutation('registerCustomer')
  async registerCustomer(
    @Args('input') input: RegisterCustomerDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<CustomerView> {
    const { customerId } = await this.service.register(input, idempotencyKey);
    return this.written(customerId);
  }

  @Roles('counter')
  @Mutation('changeContact')
  async changeContact(
    @Args('input') input: ChangeContactDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<CustomerView> {
    const effectiveFrom = input.effectiveFrom ? instantFromIso(input.effectiveFrom) : null;
    const { customerId } = await this.service.changeContact({ ...input, effectiveFrom }, idempotencyKey);
    return this.written(customerId);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveReference()
  async reference(
    representation: { customerId: string },
    context: GraphQLContext,
  ): Promise<CustomerView | null> {
    return this.load(context, representation.customerId);
  }

  @ResolveField('realNameVerified')
  realNameVerified(@Parent() customer: CustomerView): boolean {
    return customer.realNameVerifiedAt !== null;
  }

  @ResolveField('identityDocumentKind')
  async identityDocumentKind(
    @Parent() customer: CustomerView,
    @Context() context: GraphQLContext,
  ): Promise<string | null> {
    return (await this.document(context, customer))?.kind ?? null;
  }

  @Roles('counter')
  @ResolveField('maskedIdentityNumber')
  async maskedIdentityNumber(
    @Parent() customer: CustomerView,
    @Context() context: GraphQLContext,
  ): Promise<string | null> {
    return (await this.document(context, customer))?.maskedNumber ?? null;
  }

  @ResolveField('contactHistory')
  async contactHistory(
    @Parent() customer: CustomerView,
    @Context() context: GraphQLContext,
  ): Promise<object[]> {
    const loader = loaderOf(context, 'customer.contactHistory', (ids: readonly string[]) =>
      this.reader.histories(ids),
    );
    return ((await loader.load(customer.partyId)) ?? []).map((version) => ({
      phone: version.phone,
      address: version.address,
      effectiveFrom: version.from,
      effectiveTo: version.to === FOREVER ? null : version.to,
    }));
  }

  @ResolveField('accounts')
  async customerAccounts(
    @Parent() customer: CustomerView,
    @Args() page: PageArguments,
    @Context() context: GraphQLContext,
  ): Promise<Connection<Account>> {
    const [after, limit] = [pageStartId(page), pageLimit(page)];
    // Each page that a query asks for has a loader of its own.
    const loader = loaderOf(context, `customer.accounts ${limit} ${after ?? ''}`, (ids: readonly string[]) =>
      this.accounts.byCustomers(ids, after, limit),
    );
    return connectionOf((await loader.load(customer.customerId)) ?? [], page, (account) => account.accountId);
  }

  private load(context: GraphQLContext, customerId: string): Promise<CustomerView | null> {
    return loaderOf(context, 'customer.byId', (ids: readonly string[]) => this.reader.byIds(ids)).load(
      customerId,
    );
  }

  private document(context: GraphQLContext, customer: CustomerView): Promise<MaskedDocument | null> {
    const load = (ids: readonly string[]) => this.reader.maskedDocuments(ids);
    return loaderOf(context, 'customer.document', load).load(customer.partyId);
  }

  /** What a mutation has just written; read past the request's cache. */
  private async written(customerId: string): Promise<CustomerView> {
    const [customer] = await this.reader.byIds([customerId]);
    if (!customer) throw customerErrors.customerNotFound(customerId);
    return customer;
  }
}
