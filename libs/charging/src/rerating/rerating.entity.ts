import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A request to rate again: what, why, by whom, and how far it is. */
@Entity({ schema: 'charging', name: 'rerating' })
@Index('rerating_open', ['state'], { where: `state in ('previewing', 'applying')` })
@Check('rerating_state', `state in ('previewing', 'previewed', 'applying', 'applied', 'cancelled')`)
export class ReratingEntity {
  @PrimaryColumn('uuid', { name: 'rerating_id' })
  reratingId!: string;

  @Column('text')
  state!: string;

  @Column('jsonb')
  scope!: unknown;

  @Column('text')
  reason!: string;

  @Column('text', { name: 'requested_by' })
  requestedBy!: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column('integer', { name: 'groups_total', default: 0 })
  groupsTotal!: number;

  @Column('integer', { name: 'groups_done', default: 0 })
  groupsDone!: number;

  @Column('timestamptz', { name: 'working_since', nullable: true })
  workingSince!: Date | null;

  @Column('smallint', { name: 'cursor_lane', nullable: true })
  cursorLane!: number | null;

  @Column('uuid', { name: 'cursor_group', nullable: true })
  cursorGroup!: string | null;

  @Column('text')
  documents!: string;
}

/** A card group's period that comes out differently, or cannot be rated under what is in force. */
@Entity({ schema: 'charging', name: 'rerating_group' })
@Index('rerating_group_request', ['reratingId', 'lane', 'cardGroupId', 'period'])
export class ReratingGroupEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'rerating_id' })
  reratingId!: string;

  @PrimaryColumn('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  period!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('integer')
  events!: number;

  @Column('integer')
  changed!: number;

  @Column('integer', { name: 'bucket_moves' })
  bucketMoves!: number;

  @Column('bigint', { name: 'amount_before' })
  amountBefore!: string;

  @Column('bigint', { name: 'amount_after' })
  amountAfter!: string;

  @Column('bigint')
  revisions!: string;

  @Column('text', { nullable: true })
  problem!: string | null;

  @Column('boolean', { default: false })
  recomputed!: boolean;

  @Column('timestamptz', { name: 'applied_at', nullable: true })
  appliedAt!: Date | null;
}

/** The same by bill line and price. */
@Entity({ schema: 'charging', name: 'rerating_delta' })
@Index('rerating_delta_request', ['reratingId', 'deltaId'])
export class ReratingDeltaEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'rerating_id' })
  reratingId!: string;

  @PrimaryColumn('uuid', { name: 'delta_id' })
  deltaId!: string;

  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @Column({ type: 'text', collation: 'C' })
  period!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('text')
  card!: string;

  @Column('text', { name: 'charge_code' })
  chargeCode!: string;

  @Column('text', { name: 'priced_before' })
  pricedBefore!: string;

  @Column('text', { name: 'priced_after' })
  pricedAfter!: string;

  @Column('integer')
  changed!: number;

  @Column('bigint', { name: 'units_before' })
  unitsBefore!: string;

  @Column('bigint', { name: 'units_after' })
  unitsAfter!: string;

  @Column('bigint', { name: 'amount_before' })
  amountBefore!: string;

  @Column('bigint', { name: 'amount_after' })
  amountAfter!: string;
}

/** All tables of re-rating. */
export const reratingEntities = [ReratingEntity, ReratingGroupEntity, ReratingDeltaEntity];
