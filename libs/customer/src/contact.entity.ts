import { Check, Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm';

/**
 * A contact in force from … to, as recorded at …; rows are only added. `supersededAt` is set once, when a later
 * record says otherwise; among rows without it no two of a party overlap.
 */
@Entity({ schema: 'customer', name: 'contact_medium' })
@Index('contact_medium_party', ['partyId'])
@Check('contact_medium_period', `effective_to > effective_from`)
@Exclusion(
  'contact_medium_no_overlap',
  `using gist (party_id with =, tstzrange(effective_from, effective_to) with &&) where (superseded_at is null)`,
)
export class ContactMediumEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'party_id' })
  partyId!: string;

  @Column('text', { nullable: true })
  phone!: string | null;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('timestamptz', { name: 'effective_from' })
  effectiveFrom!: Date;

  /** Exclusive; null until further notice. */
  @Column('timestamptz', { name: 'effective_to', nullable: true })
  effectiveTo!: Date | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;

  @Column('text')
  cause!: string;

  @Column('timestamptz', { name: 'superseded_at', nullable: true })
  supersededAt!: Date | null;
}
