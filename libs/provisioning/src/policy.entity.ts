import type { ProvisioningPolicy } from '@ronghe/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A published policy of kind `provisioning`, as the catalog sent it. */
@Entity({ schema: 'provisioning', name: 'policy' })
export class PolicyEntity {
  @PrimaryColumn('text')
  code!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('jsonb')
  document!: ProvisioningPolicy;
}
