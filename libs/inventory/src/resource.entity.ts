import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A unit of stock as it stands now. Which columns are set is decided by `state`: see `Situation`. */
@Entity({ schema: 'inventory', name: 'resource' })
@Index('resource_value', ['kind', 'value'], { unique: true })
@Index('resource_imsi', ['imsi'], { unique: true, where: 'imsi is not null' })
@Index('resource_slot', ['orderId', 'slot'], { unique: true, where: 'order_id is not null' })
@Index('resource_free', ['kind', 'gradeRank', 'value'], { where: `state = 'available'` })
@Index('resource_rest', ['restUntil'], { where: `state = 'quarantined'` })
@Index('resource_level', ['placeCode', 'kind', 'state'])
@Check('resource_kind', `kind in ('mobile_number', 'fixed_number', 'sim', 'optical_terminal', 'set_top_box')`)
@Check('resource_situation', 'the columns that a state needs are set, the others are null: see the migration')
export class ResourceEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: string;

  @Column({ type: 'text', collation: 'C' })
  value!: string;

  @Column('text', { nullable: true })
  imsi!: string | null;

  @Column('text', { name: 'place_code' })
  placeCode!: string;

  /** 0 for what has no grade. */
  @Column('smallint', { name: 'grade_rank' })
  gradeRank!: number;

  @Column('text')
  state!: string;

  @Column('uuid', { name: 'order_id', nullable: true })
  orderId!: string | null;

  @Column('text', { nullable: true })
  slot!: string | null;

  @Column('timestamptz', { name: 'held_until', nullable: true })
  heldUntil!: Date | null;

  @Column('timestamptz', { name: 'rest_until', nullable: true })
  restUntil!: Date | null;

  @Column('integer')
  version!: number;
}

/** One move of a unit of stock; append-only. The first has no state that it came from. */
@Entity({ schema: 'inventory', name: 'resource_move' })
@Index('resource_move_order', ['orderId'], { where: 'order_id is not null' })
export class ResourceMoveEntity {
  @PrimaryColumn('uuid', { name: 'resource_id' })
  resourceId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('text', { name: 'from_state', nullable: true })
  fromState!: string | null;

  @Column('text', { name: 'to_state' })
  toState!: string;

  @Column('uuid', { name: 'order_id', nullable: true })
  orderId!: string | null;

  /** Which need of the order it served after the move. */
  @Column('text', { nullable: true })
  slot!: string | null;

  @Column('text')
  cause!: string;

  @Column('timestamptz', { name: 'moved_at' })
  movedAt!: Date;

  @Column('text', { name: 'moved_by' })
  movedBy!: string;
}

/** The row that whoever waits for stock locks first, so that no two wait for each other. */
@Entity({ schema: 'inventory', name: 'stock_gate' })
export class StockGateEntity {
  @PrimaryColumn('text')
  name!: string;
}
