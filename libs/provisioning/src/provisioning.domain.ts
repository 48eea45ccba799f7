import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { CreateProvisioning1700000000000 } from './migrations/1700000000000-create-provisioning';
import { ChangeServices1700000000130 } from './migrations/1700000000130-change-services';
import { BarServices1700000000001 } from './migrations/1700000000001-bar-services';
import { PolicyEntity } from './policy.entity';
import { ProvisioningModule } from './provisioning.module';
import { ServiceOrderEntity, ServiceOrderItemEntity, ServiceTaskEntity } from './service-order.entity';
import { ServiceEntity } from './service.entity';

/** Services, and the orders that switch them on and off in the network. */
export const provisioningDomain: DomainManifest = defineDomain({
  name: 'provisioning',
  module: ProvisioningModule,
  sdlFile: join(__dirname, 'provisioning.graphql'),
  entities: [ServiceOrderEntity, ServiceOrderItemEntity, ServiceTaskEntity, ServiceEntity, PolicyEntity],
  migrations: [CreateProvisioning1700000000000, BarServices1700000000001, ChangeServices1700000000130],
});
