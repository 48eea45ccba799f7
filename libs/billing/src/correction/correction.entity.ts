import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An offer version that mends an earlier one, and up to which lane billed periods have been opened again for it. */
@Entity({ schema: 'billing', name: 'correction' })
@Index('correction_open', ['published_at'], { where: 'finished_at is null' })
export class CorrectionEntity {
  @PrimaryColumn('text') code: string;
  @PrimaryColumn('integer') version: number;
  @Column('smallint', { default: 0 }) next_lane: number;
  @Column('timestamptz') published_at: Date;
  @Column('timestamptz', { nullable: true }) finished_at: Date | null;
}
