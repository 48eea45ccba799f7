import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { InventoryModule } from './inventory.module';
import { CreateInventory1700000000000 } from './migrations/1700000000000-create-inventory';
import { PlaceEntity } from './place.entity';
import { PolicyEntity } from './policy.entity';
import { ResourceEntity, ResourceMoveEntity, StockGateEntity } from './resource.entity';

/** SIMs, numbers and terminals: what there is, who holds it, what was sold. */
export const inventoryDomain: DomainManifest = defineDomain({
  name: 'inventory',
  module: InventoryModule,
  sdlFile: join(__dirname, 'inventory.graphql'),
  entities: [PlaceEntity, ResourceEntity, ResourceMoveEntity, StockGateEntity, PolicyEntity],
  migrations: [CreateInventory1700000000000],
  restPrefixes: ['/tmf-api/resourceInventoryManagement'],
});
