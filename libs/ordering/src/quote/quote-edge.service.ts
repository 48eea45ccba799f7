import { Injectable } from '@nestjs/common';
import type { PlaceOrderInput } from '@ronghe/contracts';
import { Transactions } from '@ronghe/platform';
import { OrderParties } from '../order/order-parties.service';
import { orderingError } from '../ordering.errors';
import type { QuotedPrice, StoredQuote } from './quote';
import { QuoteService } from './quote.service';
import { QuoteStore } from './quote.store';

/** Quotes as the edges ask for them. */
@Injectable()
export class QuoteEdge {
  constructor(
    private readonly transactions: Transactions,
    private readonly parties: OrderParties,
    private readonly quotes: QuoteService,
    private readonly store: QuoteStore,
  ) {}

  /** @throws DomainError as placing the order would */
  async price(input: PlaceOrderInput): Promise<QuotedPrice> {
    await this.parties.learn(input.customerId, input.accountId);
    return (await this.transactions.read((tx) => this.quotes.price(tx, input))).price;
  }

  /** @throws DomainError as placing the order would; idempotency_key_reused */
  async save(input: PlaceOrderInput, key: string): Promise<StoredQuote> {
    await this.parties.learn(input.customerId, input.accountId);
    const { quoteId } = await this.transactions.once('ordering.saveQuote', key, input, async (tx) => {
      const quote = await this.quotes.save(tx, input);
      return { quoteId: quote.quoteId };
    });
    const quote = await this.find(quoteId);
    if (!quote) throw orderingError('quote_not_found', { quoteId });
    return quote;
  }

  /** Null when there is no such quote. */
  async find(quoteId: string): Promise<StoredQuote | null> {
    return this.transactions.read((tx) => this.store.find(tx, quoteId));
  }
}
