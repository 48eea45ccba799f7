import {
  Args,
  Context,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  ResolveReference,
} from '@nestjs/graphql';
import { billPeriodOf } from '@ronghe/kernel';
import { loaderOf, pageLimit, pageStartId, Roles, type GraphQLContext } from '@ronghe/platform';
import { PageLinks } from '../page/page-links.service';
import { BillService } from './bill.service';
import { billView, lineView, previewView, referenceView, usageView, type BillView } from './bill.view';
import { ChargeOnceDto } from './bill.dto';
import { DraftService } from './draft.service';
import { OneTimeChargeService } from './one-time-charge.service';
import { billConnection } from './owner.resolver';

/** Bills, previews and explanations. */
@Resolver('Bill')
export class BillResolver {
  constructor(
    private readonly bills: BillService,
    private readonly drafts: DraftService,
    private readonly charges: OneTimeChargeService,
    private readonly links: PageLinks,
  ) {}

  @Roles('counter', 'billing', 'operations', 'partner')
  @Query('bill')
  async bill(@Args('id') id: string, @Context() context: GraphQLContext): Promise<BillView | null> {
    return this.load(id, context);
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @Query('billByNumber')
  async billByNumber(@Args('number') number: string): Promise<BillView | null> {
    const bill = await this.bills.byNumber(number);
    return bill ? billView(bill) : null;
  }

  @Roles('counter', 'billing', 'operations')
  @Query('bills')
  async billsOfAccount(
    @Args('accountId') accountId: string,
    @Args('first') first: number,
    @Args('after') after?: string,
  ) {
    const page = { first, after };
    const [bills] = await this.bills.ofAccounts([accountId], {
      after: pageStartId(page),
      limit: pageLimit(page),
    });
    return billConnection(bills ?? [], page);
  }

  @Roles('counter', 'billing')
  @Query('previewBill')
  async previewBill(@Args('accountId') accountId: string, @Args('period') key: string) {
    const { period, draft } = await this.drafts.preview(accountId, ({ cycle }) => billPeriodOf(key, cycle));
    return previewView(accountId, period, draft);
  }

  @Roles('counter', 'billing', 'operations')
  @Query('explainBillLine')
  async explainBillLine(@Args('lineId') lineId: string) {
    const explained = await this.bills.explain(lineId);
    const { line, recomputed, isReached, eventCount, events } = explained;
    return {
      explained,
      line: lineView(line, explained.bill.accountId),
      recomputed,
      matches: isReached,
      eventCount,
      references: line.references.map(referenceView),
      events: events.map(usageView),
    };
  }

  @Roles('billing')
  @Mutation('chargeOnce')
  async chargeOnce(@Args('input') input: ChargeOnceDto, @Args('idempotencyKey') key: string) {
    return this.charges.charge({ ...input }, key);
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @ResolveReference()
  async resolveReference(reference: { id: string }, context: GraphQLContext): Promise<BillView | null> {
    return this.load(reference.id, context);
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @ResolveField('pageUrl')
  pageUrl(@Parent() bill: BillView): string {
    return this.links.urlOf(bill.id);
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @ResolveField('pdfUrl')
  pdfUrl(@Parent() bill: BillView): string {
    return this.links.urlOf(bill.id, '.pdf');
  }

  private async load(id: string, context: GraphQLContext): Promise<BillView | null> {
    const loader = loaderOf(context, 'billing.bills', (ids: readonly string[]) => this.bills.byIds(ids));
    const bill = await loader.load(id);
    return bill ? billView(bill) : null;
  }
}
