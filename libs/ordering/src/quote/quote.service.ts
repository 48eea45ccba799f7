import { Injectable } from '@nestjs/common';
import type { PlaceOrderInput } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { requestContext, type Tx } from '@ronghe/platform';
import { readOrderRequest, type AddRequest } from '../basket/order-request';
import { settleSale } from '../basket/settle-sale';
import { SaleReading } from '../order/sale-reading.service';
import { orderingError } from '../ordering.errors';
import { ReferenceStore, todayOf } from '../reference/reference.store';
import { priceOfSale, validUntil, versionsOf, type QuotedPrice, type StoredQuote } from './quote';
import { QuoteStore } from './quote.store';

/** Prices baskets: the rules of a sale, then the engine that will bill it. */
@Injectable()
export class QuoteService {
  constructor(
    private readonly reference: ReferenceStore,
    private readonly sales: SaleReading,
    private readonly quotes: QuoteStore,
  ) {}

  /** What the basket costs if it were active now; writes nothing. @throws DomainError as placing it would */
  async price(
    tx: Tx,
    input: PlaceOrderInput,
  ): Promise<{ price: QuotedPrice; offeringVersions: Record<string, number> }> {
    const account = await this.reference.partiesOf(tx, input.customerId, input.accountId);
    const items = readSale(input);
    const bundleCode = input.bundleOfferingCode ?? null;
    const context = await this.sales.saleContext(tx, account, { items, bundleCode, quoted: {} });
    const settled = settleSale(items, bundleCode, context, newId);
    const { chargeClasses } = await this.reference.billingPolicy(tx, todayOf(account, tx.now));
    const { offers, held } = context;
    const price = priceOfSale(settled, {
      offers,
      held,
      cycle: account.cycle,
      startsAt: tx.now,
      chargeClasses,
    });
    return { price, offeringVersions: versionsOf(settled) };
  }

  /** Prices a basket and keeps the quote, so that it may be ordered at these versions until it runs out. */
  async save(tx: Tx, input: PlaceOrderInput): Promise<StoredQuote> {
    const { price, offeringVersions } = await this.price(tx, input);
    const quote: StoredQuote = {
      quoteId: newId(),
      customerId: input.customerId,
      accountId: input.accountId,
      request: input,
      offeringVersions,
      price,
      createdAt: tx.now,
      createdBy: requestContext().actor?.id ?? 'system',
      validUntil: validUntil(tx.now),
    };
    await this.quotes.insert(tx, quote);
    return quote;
  }
}

function readSale(input: PlaceOrderInput): AddRequest[] {
  const request = readOrderRequest(input.items);
  if (request.kind !== 'sale') {
    throw orderingError('order_body_invalid', { problem: 'only what is added has a price' });
  }
  return request.items;
}
