import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was told of an account's money on a local day; a day that changes afterwards is told again. */
@Entity({ schema: 'charging', name: 'consumption_day' })
@Index('consumption_day_day', ['localDay'])
export class ConsumptionDayEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('date', { name: 'local_day' })
  localDay!: string;

  @Column('integer')
  version!: number;

  /** Micro-yuan by `kind/tax class`. */
  @Column('jsonb')
  told!: unknown;
}

/** How far days of a zone are told. */
@Entity({ schema: 'charging', name: 'posting_zone' })
export class PostingZoneEntity {
  @PrimaryColumn('text')
  zone!: string;

  @Column('date', { name: 'posted_through' })
  postedThrough!: string;
}
