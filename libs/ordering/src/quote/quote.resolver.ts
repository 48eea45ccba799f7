import { Args, Mutation, Parent, Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import { OrderDto, orderOfDto } from '../order/order.dto';
import type { QuotedLine, QuotedPrice, StoredQuote } from './quote';
import { QuoteEdge } from './quote-edge.service';

/** Quotes at the GraphQL edge. */
@Resolver('SavedQuote')
export class QuoteResolver {
  constructor(private readonly quotes: QuoteEdge) {}

  @Roles('counter', 'partner')
  @Query('quote')
  async quote(@Args('input') input: OrderDto): Promise<QuotedPrice> {
    return this.quotes.price(orderOfDto(input));
  }

  @Roles('counter', 'billing', 'operations')
  @Query('savedQuote')
  async savedQuote(@Args('quoteId') quoteId: string): Promise<StoredQuote | null> {
    return this.quotes.find(quoteId);
  }

  @Roles('counter', 'partner')
  @Mutation('saveQuote')
  async saveQuote(
    @Args('input') input: OrderDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<StoredQuote> {
    return this.quotes.save(orderOfDto(input), idempotencyKey);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveReference()
  async reference({ quoteId }: { quoteId: string }): Promise<StoredQuote | null> {
    return this.quotes.find(quoteId);
  }

  @ResolveField('customer')
  customer(@Parent() quote: StoredQuote): { customerId: string } {
    return { customerId: quote.customerId };
  }

  @ResolveField('account')
  account(@Parent() quote: StoredQuote): { accountId: string } {
    return { accountId: quote.accountId };
  }
}

/** Texts of a quote's lines in both languages. */
@Resolver('QuotedLine')
export class QuotedLineResolver {
  @ResolveField('label')
  label(@Parent() line: QuotedLine): string {
    return line.label.en;
  }

  @ResolveField('labelZh')
  labelZh(@Parent() line: QuotedLine): string {
    return line.label['zh-CN'];
  }

  @ResolveField('explanation')
  explanation(@Parent() line: QuotedLine): string {
    return line.explanation.en;
  }

  @ResolveField('explanationZh')
  explanationZh(@Parent() line: QuotedLine): string {
    return line.explanation['zh-CN'];
  }
}
