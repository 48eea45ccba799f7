import type { Instant } from '@ronghe/kernel';
import type { ProductResource, ResourceKind } from './ordering';

/** One thing an order item needs from stock. */
export interface ResourceRequest {
  /** Names the need inside the order: `<itemId>/sim`. */
  slot: string;
  kind: ResourceKind;
  /** A chosen value (a number); refused with `resource_not_available` when it is not free. */
  value?: string;
}

export interface HeldResource extends ProductResource {
  slot: string;
}

export interface InventoryEvents {
  'resource.assigned.v1': { resourceId: string; kind: ResourceKind; value: string; orderId: string };
  'resource.released.v1': { resourceId: string; kind: ResourceKind; value: string; orderId: string };
}

export interface InventoryCommands {
  /** All or nothing: holds every requested resource for the order, or throws `out_of_stock` / `resource_not_available`. */
  'inventory.holdResources': {
    input: { orderId: string; until: Instant; requests: ResourceRequest[] };
    answer: { resources: HeldResource[] };
  };
  /** The order's held resources are sold. */
  'inventory.confirmResources': { input: { orderId: string }; answer: { confirmed: number } };
  /** The order's held resources go back to stock. Nothing held is not an error. */
  'inventory.releaseResources': { input: { orderId: string }; answer: { released: number } };
  /** Sold resources come back: numbers rest in quarantine, SIMs are retired, terminals return to stock. */
  'inventory.returnResources': {
    input: { resourceIds: string[]; orderId: string };
    answer: { returned: number };
  };
}
