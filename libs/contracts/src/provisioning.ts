import type { Instant } from '@ronghe/kernel';
import type { BlockKind, ProductResource } from './ordering';

/** What to switch on or off for one product. */
export interface ServiceRequest {
  productId: string;
  /** Product specification code of the offer: `mobile-main`, `mobile-sub`, `broadband`, `iptv`, `fixed-voice`. */
  specification: string;
  characteristics: Record<string, string>;
  resources: ProductResource[];
  /** What shall be stopped once a `bar` or `unbar` is done; null or left out: nothing. */
  barring?: BlockKind | null;
}

/**
 * What a service order does; `bar` and `unbar` both bring a running service to its `barring`, `change` brings it to its
 * characteristics and resources and leaves what is stopped.
 */
export type ServiceOrderAction = 'activate' | 'deactivate' | 'bar' | 'unbar' | 'change';

export interface ServiceOrderResult {
  serviceOrderId: string;
  /** The product order that gave the command. */
  orderId: string;
  finishedAt: Instant;
}

export interface ProvisioningEvents {
  'service-order.completed.v1': ServiceOrderResult;
  /** Every task that had been carried out was undone before this is sent. */
  'service-order.failed.v1': ServiceOrderResult & { reason: string };
}

export interface ProvisioningCommands {
  /** Decomposes into tasks and carries them out; the reply comes as an event. */
  'provisioning.placeServiceOrder': {
    input: { orderId: string; lane: number; action: ServiceOrderAction; services: ServiceRequest[] };
    answer: { serviceOrderId: string };
  };
  /** Undoes what was done and sends `service-order.failed.v1` with reason `cancelled`. Refused with `service_order_completed` when finished. */
  'provisioning.cancelServiceOrder': {
    input: { orderId: string };
    answer: { serviceOrderId: string | null };
  };
}
