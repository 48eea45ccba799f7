import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A customer's name as it was known from an instant on; keyed by itself like the directory of accounts, because a customer's
 * facts come in another lane than the accounts'. Nothing else that customer tells of a person is kept.
 */
@Entity({ schema: 'billing', name: 'customer_name' })
export class CustomerNameEntity {
  @PrimaryColumn('uuid') customer_id: string;
  @PrimaryColumn('integer') version: number;
  @Column('text') name: string;
  @Column('timestamptz') known_from: Date;
}
