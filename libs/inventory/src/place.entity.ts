import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where stock lies: a hall, a warehouse. */
@Entity({ schema: 'inventory', name: 'place' })
export class PlaceEntity {
  @PrimaryColumn('text')
  code!: string;

  @Column('text')
  name!: string;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date;

  @Column('text', { name: 'opened_by' })
  openedBy!: string;
}
