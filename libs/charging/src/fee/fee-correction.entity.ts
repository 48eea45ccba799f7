import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An offer version that mends an earlier one, and the last account whose fees were brought to its prices. */
@Entity({ schema: 'charging', name: 'fee_correction' })
@Index('fee_correction_open', ['publishedAt'], { where: 'finished_at is null' })
export class FeeCorrectionEntity {
  @PrimaryColumn('text')
  code!: string;

  @PrimaryColumn('integer')
  version!: number;

  /** The first lane that has not been gone through … */
  @Column('smallint', { name: 'next_lane', default: 0 })
  nextLane!: number;

  /** … and the last account of it that has been looked at; null: none. */
  @Column('uuid', { name: 'after_account', nullable: true })
  afterAccount!: string | null;

  @Column('timestamptz', { name: 'published_at' })
  publishedAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
