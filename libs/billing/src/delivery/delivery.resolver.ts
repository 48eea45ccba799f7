import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { loaderOf, pageLimit, Roles, type GraphQLContext } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { TaxInvoiceDesk } from '../invoice/tax-invoice-desk.service';
import type { CarryingChannel } from './delivery';
import { DeliveryDesk } from './delivery-desk.service';
import { attachmentsFrom, channelFrom, DeliverBillDto, SetBillDeliveryDto } from './delivery.dto';
import { deliveryView, invoiceView, stateFrom, wishView } from './delivery.view';

/** Deliveries and tax invoices: what accounts wish, what is under way, what is tried again. */
@Resolver('BillDelivery')
export class DeliveryResolver {
  constructor(
    private readonly desk: DeliveryDesk,
    private readonly invoices: TaxInvoiceDesk,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @Query('billDeliveries')
  async billDeliveries(
    @Args('first') first: number,
    @Args('accountId') accountId?: string,
    @Args('state') state?: string,
  ) {
    const limit = pageLimit({ first });
    const asked = { accountId: accountId ?? null, state: stateFrom(state), limit };
    return (await this.desk.list(asked)).map(deliveryView);
  }

  @Roles('counter', 'billing', 'operations')
  @Query('billDeliveryWish')
  async billDeliveryWish(@Args('accountId') accountId: string) {
    const wish = await this.desk.wishOf(accountId);
    return wish && wishView(wish);
  }

  @Roles('billing')
  @Query('billWebhookSecret')
  billWebhookSecret(@Args('accountId') accountId: string): string {
    return this.desk.secretOf(accountId);
  }

  @Roles('counter', 'billing')
  @Mutation('setBillDelivery')
  async setBillDelivery(@Args('input') input: SetBillDeliveryDto, @Args('idempotencyKey') key: string) {
    const { accountId } = await this.desk.setWish(
      {
        accountId: input.accountId,
        channel: channelFrom(input.channel),
        address: input.address ?? null,
        language: input.language ?? 'zh-CN',
        attachments: attachmentsFrom(input.attachments ?? ['PDF']),
        wantsTaxInvoice: input.wantsTaxInvoice ?? false,
        buyerName: input.buyerName ?? null,
        buyerTaxNumber: input.buyerTaxNumber ?? null,
      },
      key,
    );
    return this.billDeliveryWish(accountId);
  }

  @Roles('counter', 'billing')
  @Mutation('deliverBill')
  async deliverBill(@Args('input') input: DeliverBillDto, @Args('idempotencyKey') key: string) {
    const { billId, channel, address, language, attachments } = input;
    const said = {
      ...(channel ? { channel: channelFrom(channel) as CarryingChannel } : {}),
      ...(address ? { address } : {}),
      ...(language ? { language } : {}),
      ...(attachments ? { attachments: attachmentsFrom(attachments) } : {}),
    };
    return deliveryView(await this.desk.get(await this.desk.deliver(billId, said, key)));
  }

  @Roles('billing')
  @Mutation('retryBillDelivery')
  async retryBillDelivery(@Args('id') id: string, @Args('idempotencyKey') key: string) {
    return deliveryView(await this.desk.get(await this.desk.retry(id, key)));
  }

  @Roles('counter', 'billing')
  @Mutation('requestTaxInvoice')
  async requestTaxInvoice(@Args('billId') billId: string, @Args('idempotencyKey') key: string) {
    return this.invoiceOf(await this.invoices.request(billId, key));
  }

  @Roles('billing')
  @Mutation('retryTaxInvoice')
  async retryTaxInvoice(@Args('billId') billId: string, @Args('idempotencyKey') key: string) {
    return this.invoiceOf(await this.invoices.retry(billId, key));
  }

  private async invoiceOf({ billId }: { billId: string }) {
    const [request] = await this.invoices.ofBills([billId]);
    if (!request) throw billingErrors.taxInvoiceNotFound(billId);
    return invoiceView(request);
  }
}

/** What documents add to a bill. */
@Resolver('Bill')
export class BillDocumentsResolver {
  constructor(
    private readonly desk: DeliveryDesk,
    private readonly invoices: TaxInvoiceDesk,
  ) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('deliveries')
  async deliveries(@Parent() { id }: { id: string }, @Context() context: GraphQLContext) {
    const loader = loaderOf(context, 'billing.deliveries', (ids: readonly string[]) =>
      this.desk.ofBills(ids),
    );
    return ((await loader.load(id)) ?? []).map(deliveryView);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('taxInvoice')
  async taxInvoice(@Parent() { id }: { id: string }, @Context() context: GraphQLContext) {
    const loader = loaderOf(context, 'billing.taxInvoices', (ids: readonly string[]) =>
      this.invoices.ofBills(ids),
    );
    const request = await loader.load(id);
    return request && invoiceView(request);
  }
}
