import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Units that were given once; rows are only added. */
@Entity({ schema: 'charging', name: 'unit_grant' })
@Index('unit_grant_account', ['lane', 'accountId'])
@Check('unit_grant_valid', `quantity > 0 and valid_to > valid_from`)
export class UnitGrantEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'grant_id' })
  grantId!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @Column('uuid', { name: 'owner_product_id' })
  ownerProductId!: string;

  @Column('text', { name: 'offering_code' })
  offeringCode!: string;

  @Column('integer', { name: 'offering_version' })
  offeringVersion!: number;

  @Column('uuid', { name: 'product_id', nullable: true })
  productId!: string | null;

  @Column('jsonb')
  label!: unknown;

  @Column('text', { name: 'usage_classes', array: true })
  usageClasses!: string[];

  @Column('text')
  unit!: string;

  @Column('bigint')
  quantity!: string;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_to' })
  validTo!: Date;

  @Column('integer')
  priority!: number;

  @Column('text')
  reason!: string;

  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
}
