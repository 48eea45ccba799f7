import type { ProductResource } from '@ronghe/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ElementRequest } from './service-order';

/** A service order. Which columns are set is decided by `state`: see `Progress`. */
@Entity({ schema: 'provisioning', name: 'service_order' })
@Index('service_order_command', ['orderId', 'action'], { unique: true })
@Index('service_order_open', ['id'], { where: `state in ('carrying_out', 'undoing', 'stuck')` })
@Check('service_order_action', `action in ('activate', 'deactivate', 'bar', 'unbar', 'change')`)
@Check(
  'service_order_progress',
  'the columns that a state needs are set, the others are null: see the migration',
)
export class ServiceOrderEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'order_id' })
  orderId!: string;

  @Column('smallint')
  lane!: number;

  @Column('text')
  action!: string;

  @Column('text')
  state!: string;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** Why it is stuck. */
  @Column('text', { nullable: true })
  error!: string | null;

  @Column('integer', { name: 'undo_rounds' })
  undoRounds!: number;

  @Column('integer', { name: 'maximum_attempts' })
  maximumAttempts!: number;

  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column('integer')
  version!: number;

  /** Which worker drives it, and until when it is believed alive: system time. */
  @Column('uuid', { name: 'lease_owner', nullable: true })
  leaseOwner!: string | null;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  /** Undoing rests until then: system time. */
  @Column('timestamptz', { name: 'resume_at', nullable: true })
  resumeAt!: Date | null;
}

/** A product's service in a service order. */
@Entity({ schema: 'provisioning', name: 'service_order_item' })
export class ServiceOrderItemEntity {
  @PrimaryColumn('uuid', { name: 'service_order_id' })
  serviceOrderId!: string;

  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @Column('text')
  specification!: string;

  @Column('jsonb')
  characteristics!: Record<string, string>;

  @Column('jsonb')
  resources!: ProductResource[];

  /** What the order stops, or what was stopped when it was placed. */
  @Column('text', { nullable: true })
  barring!: string | null;
}

/** One thing that one element does for one service. */
@Entity({ schema: 'provisioning', name: 'service_task' })
@Check('service_task_state', `state in ('pending', 'sent', 'done', 'refused', 'undone')`)
export class ServiceTaskEntity {
  @PrimaryColumn('uuid', { name: 'service_order_id' })
  serviceOrderId!: string;

  @PrimaryColumn('integer')
  position!: number;

  @Column('uuid')
  id!: string;

  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('text')
  code!: string;

  @Column('text')
  element!: string;

  @Column('jsonb')
  forward!: ElementRequest;

  @Column('jsonb')
  backward!: ElementRequest;

  @Column('text')
  state!: string;

  @Column('integer', { name: 'sent_round', nullable: true })
  sentRound!: number | null;

  @Column('integer')
  sends!: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;
}
