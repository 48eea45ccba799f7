import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An account's freedom from tax by a certificate. */
@Entity({ schema: 'billing', name: 'tax_exemption' })
@Index('tax_exemption_account', ['lane', 'account_id'])
@Check('tax_exemption_days', 'to_day is null or to_day >= from_day')
export class TaxExemptionEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') exemption_id: string;
  @Column('uuid') account_id: string;
  @Column('text') certificate: string;
  @Column('date') from_day: string;
  @Column('date', { nullable: true }) to_day: string | null;
  @Column('text') recorded_by: string;
  @Column('timestamptz') recorded_at: Date;
}
