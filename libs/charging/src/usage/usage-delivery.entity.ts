import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A usage source and its watermark. */
@Entity({ schema: 'charging', name: 'usage_source' })
export class UsageSourceEntity {
  @PrimaryColumn('text')
  source!: string;

  @Column('timestamptz', { name: 'closed_through' })
  closedThrough!: Date;

  @Column('integer')
  version!: number;
}

/** A request to close a source. */
@Entity({ schema: 'charging', name: 'source_close' })
@Index('source_close_waiting', ['source'], { where: `closed_at is null` })
export class SourceCloseEntity {
  @PrimaryColumn('text')
  source!: string;

  @PrimaryColumn('timestamptz')
  through!: Date;

  @Column('text', { name: 'requested_by' })
  requestedBy!: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}

/** A delivery and its counters. */
@Entity({ schema: 'charging', name: 'usage_file' })
@Index('usage_file_open', ['source'], { where: `state in ('received', 'collecting')` })
@Index('usage_file_received', ['receivedAt'])
@Check('usage_file_state', `state in ('received', 'collecting', 'collected', 'failed')`)
@Check('usage_file_counted', `read = rated + duplicates + suspended + reconciled + waiting + combined`)
export class UsageFileEntity {
  @PrimaryColumn('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('text')
  source!: string;

  @Column('text', { name: 'file_name' })
  fileName!: string;

  @Column('text', { name: 'content_hash' })
  contentHash!: string;

  @Column('bigint', { name: 'size_bytes' })
  sizeBytes!: string;

  @Column('text')
  state!: string;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('bigint', { name: 'checkpoint_bytes', default: 0 })
  checkpointBytes!: string;

  @Column('integer', { name: 'checkpoint_lines', default: 0 })
  checkpointLines!: number;

  @Column('smallint', { name: 'window_part', default: 0 })
  windowPart!: number;

  @Column('integer', { name: 'window_line', default: 0 })
  windowLine!: number;

  @Column('bigint', { name: 'window_bytes', default: 0 })
  windowBytes!: string;

  @Column('text', { array: true, default: '{}' })
  columns!: string[];

  @Column('text', { name: 'mapping_code', nullable: true })
  mappingCode!: string | null;

  @Column('integer', { name: 'mapping_version', nullable: true })
  mappingVersion!: number | null;

  @Column('integer', { default: 0 })
  read!: number;

  @Column('integer', { default: 0 })
  rated!: number;

  @Column('integer', { default: 0 })
  duplicates!: number;

  @Column('integer', { default: 0 })
  suspended!: number;

  @Column('integer', { default: 0 })
  reconciled!: number;

  @Column('integer', { default: 0 })
  waiting!: number;

  @Column('integer', { default: 0 })
  combined!: number;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'advanced_at', nullable: true })
  advancedAt!: Date | null;

  @Column('text', { name: 'received_by' })
  receivedBy!: string;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}

/** To which parts the lines of the window that a file is in belong. */
@Entity({ schema: 'charging', name: 'usage_window' })
export class UsageWindowEntity {
  @PrimaryColumn('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('bytea')
  parts!: Buffer;

  @Column('bigint', { name: 'start_bytes', default: 0 })
  startBytes!: string;
}

/** Every record id that ever came, with the hash of its content. */
@Entity({ schema: 'charging', name: 'usage_record_key' })
export class UsageRecordKeyEntity {
  @PrimaryColumn('text', { collation: 'C' })
  source!: string;

  @PrimaryColumn('text', { name: 'record_id', collation: 'C' })
  recordId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  variant!: string;

  @Column('text', { name: 'body_hash' })
  bodyHash!: string;
}

/** A record that was set aside, with its reason. */
@Entity({ schema: 'charging', name: 'suspended_usage' })
@Index('suspended_usage_open', ['source', 'suspenseId'], { where: `state = 'open'` })
@Index('suspended_usage_record', ['source', 'recordId'], { where: `state = 'open'` })
@Check(
  'suspended_usage_state',
  `state in ('open', 'rated', 'duplicate', 'reconciled', 'combined', 'discarded')`,
)
export class SuspendedUsageEntity {
  @PrimaryColumn('uuid', { name: 'suspense_id' })
  suspenseId!: string;

  @Column('text')
  source!: string;

  @Column('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('integer', { name: 'line_number' })
  lineNumber!: number;

  @Column('text', { name: 'record_id', nullable: true })
  recordId!: string | null;

  @Column('text')
  reason!: string;

  @Column('text')
  detail!: string;

  @Column('text')
  line!: string;

  @Column('jsonb')
  cells!: unknown;

  @Column('boolean', { name: 'holds_key' })
  holdsKey!: boolean;

  @Column('text')
  state!: string;

  @Column('timestamptz', { name: 'suspended_at' })
  suspendedAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

/** An offline record of a usage class that is charged online. */
@Entity({ schema: 'charging', name: 'reconciled_usage' })
@Index('reconciled_usage_product', ['lane', 'productId', 'usedAt'])
export class ReconciledUsageEntity {
  @PrimaryColumn('text', { collation: 'C' })
  source!: string;

  @PrimaryColumn('text', { name: 'record_id', collation: 'C' })
  recordId!: string;

  @Column('smallint')
  lane!: number;

  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('text', { name: 'usage_class' })
  usageClass!: string;

  @Column('timestamptz', { name: 'used_at' })
  usedAt!: Date;

  @Column('bigint')
  quantity!: string;
}
