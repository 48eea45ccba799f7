import { Injectable } from '@nestjs/common';
import type { PlaceOrderInput } from '@ronghe/contracts';
import { instantFromDate, isId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { QuotedPrice, StoredQuote } from './quote';

interface QuoteRow {
  quote_id: string;
  customer_id: string;
  account_id: string;
  request: PlaceOrderInput;
  offering_versions: Record<string, number>;
  price: QuotedPrice;
  created_at: Date;
  created_by: string;
  valid_until: Date;
}

/** Stored quotes; never changed. */
@Injectable()
export class QuoteStore {
  async insert(tx: Tx, quote: StoredQuote): Promise<void> {
    await tx.execute(
      `insert into ordering.quote
         (quote_id, customer_id, account_id, request, offering_versions, price, created_at, created_by, valid_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        quote.quoteId,
        quote.customerId,
        quote.accountId,
        JSON.stringify(quote.request),
        JSON.stringify(quote.offeringVersions),
        JSON.stringify(quote.price),
        quote.createdAt,
        quote.createdBy,
        quote.validUntil,
      ],
    );
  }

  /** Null when there is no such quote. */
  async find(tx: Tx, quoteId: string): Promise<StoredQuote | null> {
    const [row] = await tx.query<QuoteRow>(`select * from ordering.quote where quote_id = $1`, [
      isId(quoteId) ? quoteId : null,
    ]);
    return row ? fromRow(row) : null;
  }
}

function fromRow(row: QuoteRow): StoredQuote {
  return {
    quoteId: row.quote_id,
    customerId: row.customer_id,
    accountId: row.account_id,
    request: row.request,
    offeringVersions: row.offering_versions,
    price: row.price,
    createdAt: instantFromDate(row.created_at),
    createdBy: row.created_by,
    validUntil: instantFromDate(row.valid_until),
  };
}
