import type { Resource, ResourceState } from './resource';

/** Where TMF639 has its resources. */
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
export function tmfResourceOf(resource: Resource) {
  const { resourceId, kind, value, attributes, placeCode, situation } = resource;
  const isLogical = kind === 'mobile_number' || kind === 'fixed_number';
  const characteristics = { state: situation.state, ...attributes };
  return {
    id: resourceId,
    href: `${RESOURCE_PATH}/${resourceId}`,
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

/** Only the top-level properties that `fields` lists; `id` and `href` always, since TMF639 requires them. */
export function withFields(resource: TmfResource, fields: string | undefined): Partial<TmfResource> {
  if (fields === undefined || fields === '') return resource;
  const wanted = new Set(['id', 'href', '@type', ...fields.split(',').map((field) => field.trim())]);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => wanted.has(name)));
}
