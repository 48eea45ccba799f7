import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** TMF632's individual: the person. Roles, documents and contacts hang on it. */
@Entity({ schema: 'customer', name: 'individual' })
@Index('individual_search_name', ['searchName', 'id'])
export class IndividualEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** The name as it is searched: see `searchNameOf`. */
  @Column({ type: 'text', name: 'search_name', collation: 'C' })
  searchName!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
}

/** TMF629's customer: a party in the role of somebody who buys. */
@Entity({ schema: 'customer', name: 'customer' })
@Index('customer_party', ['partyId'], { unique: true })
export class CustomerEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'party_id' })
  partyId!: string;

  @Column('timestamptz', { name: 'real_name_verified_at', nullable: true })
  realNameVerifiedAt!: Date | null;

  @Column('timestamptz', { name: 'registered_at' })
  registeredAt!: Date;

  @Column('text', { name: 'registered_by' })
  registeredBy!: string;

  /** Counts changes; the version of the customer's events. */
  @Column('integer')
  version!: number;
}

/** A proof of identity; its number only encrypted and as a blind index. */
@Entity({ schema: 'customer', name: 'identity_document' })
@Index('identity_document_blind_index', ['blindIndex'], { unique: true })
@Index('identity_document_party', ['partyId'])
@Check('identity_document_kind', `kind in ('RESIDENT_ID', 'PASSPORT')`)
export class IdentityDocumentEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'party_id' })
  partyId!: string;

  @Column('text')
  kind!: string;

  @Column('text', { name: 'issuing_country' })
  issuingCountry!: string;

  @Column('bytea', { name: 'blind_index' })
  blindIndex!: Buffer;

  @Column('text', { name: 'key_id' })
  keyId!: string;

  @Column('bytea')
  sealed!: Buffer;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
}
