import { Injectable } from '@nestjs/common';
import type { PlaceOrderInput } from '@ronghe/contracts';
import { addMs, newId, type Instant } from '@ronghe/kernel';
import { requestContext, type Tx } from '@ronghe/platform';
import { effectiveInstant, type DayWish } from '../basket/effective-day';
import { readOrderRequest, type ChangeRequest, type OrderRequest } from '../basket/order-request';
import { settleChange } from '../basket/settle-change';
import { settleMove } from '../basket/settle-move';
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
import { ADVANCE_ORDER, ORDER_DEADLINE, ORDER_DUE } from './order-progress.service';
import {
  itemOfChange,
  itemOfMove,
  itemOfResumption,
  itemOfSale,
  itemOfSuspension,
  itemOfTermination,
  type OrderItemRecord,
  type OrderRecord,
} from './order-record';
import { OrderStore } from './order.store';

const MINUTE_MS = 60_000;
const REASON_MAXIMUM = 200;

/** What is wished beside the items. */
interface OrderWish {
  bundleCode: string | null;
  quoted: Record<string, number>;
  day: DayWish;
}

/** What an order does, and from when on it counts. */
interface SettledOrder {
  items: OrderItemRecord[];
  effectiveAt: Instant | null;
}

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
    const day = await this.sales.dayWish(tx, account, {
      effectiveOn: wish.input.effectiveOn ?? null,
      backdateReason: wish.input.backdateReason ?? null,
    });
    const settled = await this.settle(tx, account, request, { bundleCode, quoted: wish.quoted, day });
    const order = await this.newOrder(tx, account, {
      kind: request.kind,
      quoteId: input.quoteId ?? null,
      items: settled.items,
      effectiveAt: settled.effectiveAt,
      backdateReason: backdateReasonOf(day, settled.effectiveAt),
      salesChannel: input.channel ?? null,
    });
    await this.orders.insert(tx, order, settled.items);
    if (order.state === 'scheduled') await tx.schedule(ORDER_DUE, order.orderId, order.effectiveAt ?? tx.now);
    else tx.enqueue(ADVANCE_ORDER, { orderId: order.orderId });
    return { orderId: order.orderId };
  }

  private async settle(
    tx: Tx,
    account: KnownAccount,
    request: OrderRequest,
    { bundleCode, quoted, day }: OrderWish,
  ): Promise<SettledOrder> {
    switch (request.kind) {
      case 'sale': {
        const effectiveAt = effectiveInstant(day);
        return { items: await this.sell(tx, account, request.items, bundleCode, quoted), effectiveAt };
      }
      case 'termination': {
        const effectiveAt = effectiveInstant(day);
        return { items: await this.end(tx, account, request.items, effectiveAt), effectiveAt };
      }
      case 'change':
        return this.change(tx, account, request.items, bundleCode, day);
      case 'move': {
        const products = await this.named(tx, account, request.items);
        const context = await this.sales.terminationContext(tx, account, products, { waiting: 'count' });
        const changing = new Set([...context.ending, ...context.changing]);
        const moved = settleMove(request.items, { ...context, changing });
        const items = moved.map((each, index) => itemOfMove(each, index + 1));
        return { items, effectiveAt: effectiveInstant(day) };
      }
      case 'suspension': {
        refuseDay(day);
        const context = await this.blockContext(tx, account, request.items);
        const settled = settleSuspension(request.items, context);
        return { items: settled.map((each, index) => itemOfSuspension(each, index + 1)), effectiveAt: null };
      }
      case 'resumption': {
        refuseDay(day);
        const context = await this.blockContext(tx, account, request.items);
        const settled = settleResumption(request.items, context);
        return { items: settled.map((each, index) => itemOfResumption(each, index + 1)), effectiveAt: null };
      }
    }
  }

  private async change(
    tx: Tx,
    account: KnownAccount,
    items: readonly ChangeRequest[],
    bundleCode: string | null,
    day: DayWish,
  ): Promise<SettledOrder> {
    const codes = items.map(({ offeringCode }) => offeringCode);
    const context = await this.sales.changeContext(tx, account, {
      products: await this.named(tx, account, items),
      offeringCodes: bundleCode === null ? codes : [...codes, bundleCode],
      effectiveOn: day.effectiveOn,
      backdateReason: day.backdateReason,
    });
    const { changes, effectiveAt } = settleChange(items, bundleCode, context, newId);
    return { items: changes.map((each, index) => itemOfChange(each, index + 1)), effectiveAt };
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
    effectiveAt: Instant | null,
  ): Promise<OrderItemRecord[]> {
    const products = await this.named(tx, account, items);
    const context = await this.sales.terminationContext(tx, account, products, {
      waiting: effectiveAt !== null && effectiveAt > tx.now ? 'ends-count' : 'ignore',
    });
    refuseEndBeforeStart(products, effectiveAt);
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
    given: Pick<OrderRecord, 'kind' | 'quoteId' | 'effectiveAt' | 'backdateReason' | 'salesChannel'> & {
      items: readonly OrderItemRecord[];
    },
  ): Promise<OrderRecord> {
    const { items, ...order } = given;
    const policy = await this.reference.orderingPolicy(tx, todayOf(account, tx.now));
    const orderId = newId();
    const { actor, channel } = requestContext();
    const deadline = addMs(tx.now, policy.holdMinutes * MINUTE_MS);
    const isAhead = order.effectiveAt !== null && order.effectiveAt > tx.now;
    // One that waits for its day has no deadline before.
    if (!isAhead) await tx.schedule(ORDER_DEADLINE, orderId, deadline);
    return {
      ...order,
      orderId,
      customerId: account.customerId,
      accountId: account.accountId,
      lane: account.lane,
      state: isAhead ? 'scheduled' : 'acknowledged',
      version: 1,
      reason: null,
      bundle: items[0]?.bundle && order.kind === 'sale' ? items[0].bundle : null,
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

function refuseDay({ effectiveOn }: DayWish): void {
  if (effectiveOn !== null) throw orderingError('effective_day_unused', { effectiveOn });
}

/** Nothing ends before it began. */
function refuseEndBeforeStart(products: readonly ProductVersion[], effectiveAt: Instant | null): void {
  const late = products.find(({ state }) => effectiveAt !== null && effectiveAt < state.effectiveFrom);
  if (!late) return;
  const { productId, effectiveFrom } = late.state;
  throw orderingError('effective_day_invalid', { productId, effectiveFrom });
}

function backdateReasonOf({ backdateReason, effectiveOn, now }: DayWish, at: Instant | null): string | null {
  const isBackdated = effectiveOn !== null && at !== null && at < now;
  return isBackdated ? (backdateReason?.trim().slice(0, REASON_MAXIMUM) ?? null) : null;
}
