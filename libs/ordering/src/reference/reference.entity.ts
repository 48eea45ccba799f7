import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A customer that customer has registered: real-name verified, so that something may be sold. */
@Entity({ schema: 'ordering', name: 'known_customer' })
export class KnownCustomerEntity {
  @PrimaryColumn('uuid', { name: 'customer_id' }) customerId: string;
  @Column('timestamptz', { name: 'registered_at' }) registeredAt: Date;
}

/** An account that customer has opened. */
@Entity({ schema: 'ordering', name: 'known_account' })
@Index('known_account_customer', ['customerId'])
export class KnownAccountEntity {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId: string;
  @Column('uuid', { name: 'customer_id' }) customerId: string;
  @Column('smallint') lane: number;
  @Column('text') zone: string;
  @Column('smallint', { name: 'bill_day' }) billDay: number;
}

/** A published version of an offer; it never changes. */
@Entity({ schema: 'ordering', name: 'offer_version' })
export class OfferVersionEntity {
  @PrimaryColumn('text') code: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') document: OfferDocument;
  @Column('timestamptz', { name: 'published_at' }) publishedAt: Date;
}

/** A published version of a policy that ordering reads: `ordering` and `billing`. */
@Entity({ schema: 'ordering', name: 'policy_version' })
export class PolicyVersionEntity {
  @PrimaryColumn('text') code: string;
  @PrimaryColumn('integer') version: number;
  @Column('text') kind: string;
  @Column('date', { name: 'effective_from' }) effectiveFrom: string;
  @Column('date', { name: 'effective_to', nullable: true }) effectiveTo: string | null;
  @Column('jsonb') document: PolicyDocument;
}
