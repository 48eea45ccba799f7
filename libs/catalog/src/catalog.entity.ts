import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import { Check, Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm';

/**
 * A version of an offer with its window, as recorded at …; rows are only added. A new window of the same version is a
 * new row; `supersededAt` is set once on the one before it.
 */
@Entity({ schema: 'catalog', name: 'offer_version' })
@Index('offer_version_live', ['code', 'version'], { unique: true, where: 'superseded_at is null' })
@Check('offer_version_window', `effective_to > effective_from`)
@Exclusion(
  'offer_version_no_overlap',
  `using gist (code with =, daterange(effective_from, effective_to) with &&) where (superseded_at is null)`,
)
export class OfferVersionEntity {
  @PrimaryColumn('text')
  code!: string;

  /** Counts the rows of a code; the version of its events. */
  @PrimaryColumn('integer')
  sequence!: number;

  @Column('integer')
  version!: number;

  @Column('jsonb')
  document!: OfferDocument;

  /** See `contentHashOf`. */
  @Column('text', { name: 'content_hash' })
  contentHash!: string;

  @Column('date', { name: 'effective_from' })
  effectiveFrom!: string;

  /** Exclusive; null: open. */
  @Column('date', { name: 'effective_to', nullable: true })
  effectiveTo!: string | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;

  /** The application that brought it. */
  @Column('integer')
  application!: number;

  @Column('timestamptz', { name: 'superseded_at', nullable: true })
  supersededAt!: Date | null;
}

/** A version of a business parameter document; as `OfferVersionEntity`. */
@Entity({ schema: 'catalog', name: 'policy_version' })
@Index('policy_version_live', ['code', 'version'], { unique: true, where: 'superseded_at is null' })
@Check('policy_version_window', `effective_to > effective_from`)
@Exclusion(
  'policy_version_no_overlap',
  `using gist (code with =, daterange(effective_from, effective_to) with &&) where (superseded_at is null)`,
)
export class PolicyVersionEntity {
  @PrimaryColumn('text')
  code!: string;

  @PrimaryColumn('integer')
  sequence!: number;

  @Column('integer')
  version!: number;

  @Column('jsonb')
  document!: PolicyDocument;

  @Column('text', { name: 'content_hash' })
  contentHash!: string;

  @Column('date', { name: 'effective_from' })
  effectiveFrom!: string;

  @Column('date', { name: 'effective_to', nullable: true })
  effectiveTo!: string | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;

  @Column('integer')
  application!: number;

  @Column('timestamptz', { name: 'superseded_at', nullable: true })
  supersededAt!: Date | null;
}

/** The documents as they were written, last applied text by path: what new files are read together with. */
@Entity({ schema: 'catalog', name: 'document_source' })
export class DocumentSourceEntity {
  @PrimaryColumn('text')
  path!: string;

  @Column('text')
  text!: string;

  @Column('integer')
  application!: number;
}

/** One row that every application of documents locks and counts up. */
@Entity({ schema: 'catalog', name: 'live_state' })
@Check('live_state_single', `id`)
export class LiveStateEntity {
  @PrimaryColumn('boolean')
  id!: boolean;

  @Column('integer')
  application!: number;
}
