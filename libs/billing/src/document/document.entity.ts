import type { DeliveryAttachment } from '@ronghe/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { IssuedInvoice } from '../invoice/tax-invoice';

/** How an account wishes to get its bills, and who the buyer on its tax invoices is. */
@Entity({ schema: 'billing', name: 'delivery_wish' })
export class DeliveryWishEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @Column('text') channel: string;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text') language: string;
  @Column('jsonb') attachments: DeliveryAttachment[];
  @Column('boolean') wants_tax_invoice: boolean;
  @Column('text', { nullable: true }) buyer_name: string | null;
  @Column('text', { nullable: true }) buyer_tax_number: string | null;
  @Column('timestamptz') changed_at: Date;
}

/** A bill on its way to its customer. */
@Entity({ schema: 'billing', name: 'bill_delivery' })
@Check(
  'bill_delivery_state',
  `state in ('waiting', 'done', 'dead') and (state = 'waiting') = (next_try_at is not null)`,
)
@Index('bill_delivery_due', ['next_try_at'], { where: `state = 'waiting'` })
@Index('bill_delivery_account', ['lane', 'account_id'])
export class BillDeliveryEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @PrimaryColumn('integer') no: number;
  @Column('uuid') account_id: string;
  @Column('text') channel: string;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text') language: string;
  @Column('jsonb') attachments: DeliveryAttachment[];
  @Column('timestamptz') requested_at: Date;
  @Column('text') state: string;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('timestamptz', { nullable: true }) next_try_at: Date | null;
  @Column('text', { nullable: true }) last_error: string | null;
  @Column('timestamptz', { nullable: true }) done_at: Date | null;
}

/** The tax invoices of a bill, and how far the tax platform has numbered them. */
@Entity({ schema: 'billing', name: 'tax_invoice' })
@Check(
  'tax_invoice_state',
  `state in ('waiting', 'done', 'dead') and (state = 'waiting') = (next_try_at is not null)`,
)
@Index('tax_invoice_due', ['next_try_at'], { where: `state = 'waiting'` })
@Index('tax_invoice_account', ['lane', 'account_id'])
export class TaxInvoiceEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @PrimaryColumn('integer') no: number;
  @Column('uuid') account_id: string;
  @Column('jsonb', { default: [] }) invoices: IssuedInvoice[];
  @Column('timestamptz') requested_at: Date;
  @Column('text') state: string;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('timestamptz', { nullable: true }) next_try_at: Date | null;
  @Column('text', { nullable: true }) last_error: string | null;
  @Column('timestamptz', { nullable: true }) done_at: Date | null;
}
