import type { HrefOf } from '@ronghe/contracts';
import type { Resource, ResourceState } from './resource';

/** Where TMF639 lists its resources. */
export const RESOURCE_PATH = '/tmf-api/resourceInventoryManagement/v4/resource';

/** TMF639's states say less than ours; ours is given as a characteristic beside them. */
const tmfStates: Record<
  ResourceState,
  { resourceStatus?: string; usageState: string; administrativeState: string }
> = {
  available: { resourceStatus: 'available', usageState: 'idle', administrativeState: 'unlocked' },
  held: { resourceStatus: 'reserved', usageState: 'idle', administrativeState: 'unlocked' },
  assigned: { usageState: 'busy', administrativeState: 'unlocked' },
  quarantined: { resourceStatus: 'suspended', usageState: 'idle', administrativeState: 'locked' },
  retired: { usageState: 'idle', administrativeState: 'shutdown' },
};

/** A unit of stock as TMF639 v4 `Resource`. */
export function tmfResourceOf(resource: Resource, hrefOf: HrefOf) {
  const { resourceId, kind, value, attributes, placeCode, situation } = resource;
  const isLogical = kind === 'mobile_number' || kind === 'fixed_number';
  const characteristics = { state: situation.state, ...attributes };
  return {
    id: resourceId,
    href: hrefOf(RESOURCE_PATH, resourceId),
    '@type': isLogical ? 'LogicalResource' : 'PhysicalResource',
    category: kind,
    name: value,
    resourceVersion: String(resource.version),
    ...tmfStates[situation.state],
    place: { id: placeCode, href: `urn:ronghe:stock-place:${placeCode}`, role: 'stock' },
    resourceCharacteristic: Object.entries(characteristics).map(([name, text]) => ({
      name,
      valueType: 'string',
      value: text,
    })),
  };
}

export type TmfResource = ReturnType<typeof tmfResourceOf>;
