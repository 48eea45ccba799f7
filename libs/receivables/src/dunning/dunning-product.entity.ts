import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A product of an account as ordering tells of it: what dunning may stop. */
@Entity({ schema: 'receivables', name: 'product' })
@Index('product_account', ['lane', 'account_id'], { where: 'is_live' })
export class ProductEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') product_id: string;
  @Column('uuid') account_id: string;
  @Column('uuid') card_group_id: string;
  @Column('integer') version: number;
  @Column('boolean') is_live: boolean;
  @Column('jsonb') state: object;
}

/** The line of business of each offer version: what its products count as in dunning. */
@Entity({ schema: 'receivables', name: 'offering' })
export class OfferingEntity {
  @PrimaryColumn('text') code: string;
  @PrimaryColumn('integer') version: number;
  @Column('text') line_of_business: string;
}
