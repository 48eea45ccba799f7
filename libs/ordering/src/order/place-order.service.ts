import { Injectable } from '@nestjs/common';
import type { PlaceOrderInput } from '@ronghe/contracts';
import { addMs, newId } from '@ronghe/kernel';
import { requestContext, type Tx } from '@ronghe/platform';
import { readOrderRequest, type OrderRequest } from '../basket/order-request';
import { settleResumption, settleSuspension, type BlockContext } from '../basket/settle-block';
import { settleSale } from '../basket/settle-sale';
import { settleTermination } from '../basket/settle-termination';
import { orderingError } from '../ordering.errors';
import { countNumbers, type ProductVersion } from '../product/product';
import { ProductStore } from '../product/product.store';
import { quotedOrder } from '../quote/quote';
import { QuoteStore } from '../quote/quote.store';
import { ReferenceStore, todayOf, type KnownAccount } from '../reference/reference.store';
import { SaleReading } from './sale-reading.service';
import { ADVANCE_ORDER, ORDER_DEADLINE } from './order-progress.service';
import {
  itemOfResumption,
  itemOfSale,
  itemOfSuspension,
  itemOfTermination,
  type OrderItemRecord,
  type OrderRecord,
} from './order-record';
import { OrderStore } from './order.store';

const MINUTE_MS = 60_000;

/** Accepts orders: everything that can be refused at the counter is refused here, before anybody is asked. */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly orders: OrderStore,
    private readonly products: ProductStore,
    private readonly reference: ReferenceStore,
    private readonly quotes: QuoteStore,
    private readonly sales: SaleReading,
  ) {}

  /**
   * Writes an acknowledged order and starts its worker.
   * @throws DomainError of every rule in basket/, and those of lockParties and quotedOrder
   */
  async place(tx: Tx, input: PlaceOrderInput): Promise<{ orderId: string }> {
    const account = await this.reference.lockParties(tx, input.customerId, input.accountId);
    const wish = await this.wish(tx, input);
    const request = readOrderRequest(wish.input.items);
    const bundleCode = wish.input.bundleOfferingCode ?? null;
    const items = await this.settle(tx, account, request, bundleCode, wish.quoted);
    const order = await this.newOrder(tx, account, request.kind, input.quoteId ?? null, items);
    await this.orders.insert(tx, order, items);
    tx.enqueue(ADVANCE_ORDER, { orderId: order.orderId });
    return { orderId: order.orderId };
  }

  private async settle(
    tx: Tx,
    account: KnownAccount,
    request: OrderRequest,
    bundleCode: string | null,
    quoted: Record<string, number>,
  ): Promise<OrderItemRecord[]> {
    switch (request.kind) {
      case 'sale':
        return this.sell(tx, account, request.items, bundleCode, quoted);
      case 'termination':
        return this.end(tx, account, request.items);
      case 'suspension': {
        const context = await this.blockContext(tx, account, request.items);
        return settleSuspension(request.items, context).map((each, index) =>
          itemOfSuspension(each, index + 1),
        );
      }
      case 'resumption': {
        const context = await this.blockContext(tx, account, request.items);
        return settleResumption(request.items, context).map((each, index) =>
          itemOfResumption(each, index + 1),
        );
      }
    }
  }

  private async wish(tx: Tx, input: PlaceOrderInput) {
    if (input.quoteId === undefined) return { input, quoted: {} };
    const quote = await this.quotes.find(tx, input.quoteId);
    if (!quote) throw orderingError('quote_not_found', { quoteId: input.quoteId });
    return { input: quotedOrder(quote, input, tx.now), quoted: quote.offeringVersions };
  }

  private async sell(
    tx: Tx,
    account: KnownAccount,
    items: Parameters<typeof settleSale>[0],
    bundleCode: string | null,
    quoted: Record<string, number>,
  ): Promise<OrderItemRecord[]> {
    const context = await this.sales.saleContext(tx, account, { items, bundleCode, quoted });
    return settleSale(items, bundleCode, context, newId).map((item) =>
      itemOfSale(item, countNumbers(item.offer.resourceNeeds)),
    );
  }

  private async end(
    tx: Tx,
    account: KnownAccount,
    items: Parameters<typeof settleTermination>[0],
  ): Promise<OrderItemRecord[]> {
    const products = await this.named(tx, account, items);
    const context = await this.sales.terminationContext(tx, account, products);
    return settleTermination(items, context).map((product, index) => itemOfTermination(product, index + 1));
  }

  private async blockContext(
    tx: Tx,
    account: KnownAccount,
    items: readonly { productId: string }[],
  ): Promise<BlockContext> {
    return this.sales.blockContext(tx, account, await this.named(tx, account, items));
  }

  /** The latest versions of the products that are named; another account's are as good as not there. */
  private async named(
    tx: Tx,
    account: KnownAccount,
    items: readonly { productId: string }[],
  ): Promise<ProductVersion[]> {
    const ids = items.map(({ productId }) => productId);
    const found = await this.products.latest(tx, ids);
    return found.filter(({ state }) => state.accountId === account.accountId);
  }

  private async newOrder(
    tx: Tx,
    account: KnownAccount,
    kind: OrderRecord['kind'],
    quoteId: string | null,
    items: readonly OrderItemRecord[],
  ): Promise<OrderRecord> {
    const policy = await this.reference.orderingPolicy(tx, todayOf(account, tx.now));
    const orderId = newId();
    const { actor, channel } = requestContext();
    const deadline = addMs(tx.now, policy.holdMinutes * MINUTE_MS);
    await tx.schedule(ORDER_DEADLINE, orderId, deadline);
    return {
      orderId,
      customerId: account.customerId,
      accountId: account.accountId,
      lane: account.lane,
      kind,
      state: 'acknowledged',
      version: 1,
      reason: null,
      bundle: items[0]?.bundle && kind === 'sale' ? items[0].bundle : null,
      quoteId,
      placedBy: actor?.id ?? 'system',
      channel,
      placedAt: tx.now,
      // The order gives up at its deadline; the hold outlasts what it takes to undo everything.
      holdUntil: addMs(deadline, policy.holdMinutes * MINUTE_MS),
      changedAt: tx.now,
      finishedAt: null,
    };
  }
}
