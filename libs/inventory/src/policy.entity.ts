import type { InventoryPolicy } from '@ronghe/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A published policy of kind `inventory`, as the catalog sent it. */
@Entity({ schema: 'inventory', name: 'policy' })
export class PolicyEntity {
  @PrimaryColumn('text')
  code!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('jsonb')
  document!: InventoryPolicy;
}
