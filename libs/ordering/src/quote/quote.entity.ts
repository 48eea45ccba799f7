import type { PlaceOrderInput } from '@ronghe/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { QuotedPrice } from './quote';

/** A priced basket that may be ordered at this price until it runs out. */
@Entity({ schema: 'ordering', name: 'quote' })
@Index('quote_customer', ['customerId', 'quoteId'])
export class QuoteEntity {
  @PrimaryColumn('uuid', { name: 'quote_id' }) quoteId: string;
  @Column('uuid', { name: 'customer_id' }) customerId: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('jsonb') request: PlaceOrderInput;
  @Column('jsonb', { name: 'offering_versions' }) offeringVersions: Record<string, number>;
  @Column('jsonb') price: QuotedPrice;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'valid_until' }) validUntil: Date;
}
