import type { OfferDocument, PolicyDocument, ProductState, UsageTotal } from '@ronghe/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The directory of accounts: keyed by itself, it says in which lane an account's bills lie, and its cycle. */
@Entity({ schema: 'billing', name: 'account' })
@Index('account_billing_group', ['bill_day', 'zone', 'lane', 'billing_group_id'])
@Index('account_balance_group', ['lane', 'balance_group_id'])
@Index('account_customer', ['customer_id'])
export class AccountEntity {
  @PrimaryColumn('uuid') account_id: string;
  @Column('smallint') lane: number;
  @Column('uuid') customer_id: string;
  @Column('uuid') balance_group_id: string;
  @Column('uuid') billing_group_id: string;
  @Column('smallint') bill_day: number;
  @Column('text') zone: string;
  @Column('text') payment_mode: string;
  @Column('timestamptz') opened_at: Date;
  @Column('text', { nullable: true }) region: string | null;
}

/** Cycles that have accounts, and so a schedule. */
@Entity({ schema: 'billing', name: 'bill_cycle' })
export class BillCycleEntity {
  @PrimaryColumn('smallint') bill_day: number;
  @PrimaryColumn('text') zone: string;
}

/** A product as ordering last told of it. */
@Entity({ schema: 'billing', name: 'product' })
@Index('product_account', ['lane', 'account_id'])
export class ProductEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') product_id: string;
  @Column('uuid') account_id: string;
  @Column('integer') version: number;
  @Column('jsonb') state: ProductState;
}

/** A published version of an offer. */
@Entity({ schema: 'billing', name: 'offer' })
export class OfferEntity {
  @PrimaryColumn('text') code: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') document: OfferDocument;
}

/** A published version of a policy. */
@Entity({ schema: 'billing', name: 'policy' })
export class PolicyEntity {
  @PrimaryColumn('text') code: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') document: PolicyDocument;
}

/** Charging's totals of an account and period, complete; the latest version replaces the one before. */
@Entity({ schema: 'billing', name: 'usage_statement' })
export class UsageStatementEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @PrimaryColumn('text') period: string;
  @Column('integer') version: number;
  @Column('jsonb') totals: UsageTotal[];
}

/** How far a usage source has delivered everything. */
@Entity({ schema: 'billing', name: 'source_watermark' })
export class SourceWatermarkEntity {
  @PrimaryColumn('text') source: string;
  @Column('timestamptz') through: Date;
}
