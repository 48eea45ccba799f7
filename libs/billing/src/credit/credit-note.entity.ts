import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Why a credit note was issued by hand, and which bill it credits. */
@Entity({ schema: 'billing', name: 'credit_note' })
@Index('credit_note_credited', ['lane', 'credited_bill_id'])
export class CreditNoteEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @Column('uuid') credited_bill_id: string;
  @Column('text') reason: string;
  @Column('text') requested_by: string;
  @Column('timestamptz') requested_at: Date;
}
