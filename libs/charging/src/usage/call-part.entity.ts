import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A call that is delivered in parts. */
@Entity({ schema: 'charging', name: 'usage_call' })
@Index('usage_call_open', ['source', 'startedAt'], { where: `state = 'open'` })
@Check('usage_call_state', `state in ('open', 'flagged', 'done')`)
export class UsageCallEntity {
  @PrimaryColumn('text', { collation: 'C' })
  source!: string;

  @PrimaryColumn('text', { name: 'call_id', collation: 'C' })
  callId!: string;

  @Column('text')
  state!: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;
}

/** A part of a call, as delivered. */
@Entity({ schema: 'charging', name: 'usage_part' })
@Index('usage_part_call', ['source', 'callId'])
@Check('usage_part_state', `state in ('waiting', 'suspended', 'rated', 'reconciled', 'combined')`)
export class UsagePartEntity {
  @PrimaryColumn('text', { collation: 'C' })
  source!: string;

  @PrimaryColumn('text', { name: 'record_id', collation: 'C' })
  recordId!: string;

  @Column({ type: 'text', name: 'call_id', collation: 'C' })
  callId!: string;

  @Column('integer', { name: 'part_number' })
  partNumber!: number;

  @Column('boolean', { name: 'is_last' })
  isLast!: boolean;

  @Column('text')
  state!: string;

  @Column('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('integer', { name: 'line_number' })
  lineNumber!: number;

  @Column('text')
  line!: string;

  @Column('jsonb')
  cells!: unknown;

  @Column('text', { name: 'usage_class' })
  usageClass!: string;

  @Column('text')
  subscriber!: string;

  @Column('text', { nullable: true })
  peer!: string | null;

  @Column('timestamptz', { name: 'used_at' })
  usedAt!: Date;

  @Column('bigint')
  quantity!: string;

  @Column('text')
  unit!: string;

  @Column('bigint', { name: 'prerated_amount', nullable: true })
  preratedAmount!: string | null;
}
