import type { Instant } from '@ronghe/kernel';
import type { CatalogEvents } from './catalog';
import type { BillingEvents } from './billing';
import type { ChargingEvents } from './charging';
import type { CustomerEvents } from './customer';
import type { InventoryEvents } from './inventory';
import type { OrderingEvents } from './ordering';
import type { ProvisioningEvents } from './provisioning';
import type { ReceivablesEvents } from './receivables';
import type { DomainName } from './domain-name';

/** Every published event type with its payload. Within `.vN` only optional fields are added. */
export interface Events
  extends
    CustomerEvents,
    CatalogEvents,
    OrderingEvents,
    InventoryEvents,
    ProvisioningEvents,
    ChargingEvents,
    BillingEvents,
    ReceivablesEvents {}

export type EventType = keyof Events;

/** An event as the feed carries it: the state of its aggregate after the change. */
export interface EventEnvelope<T extends EventType = EventType> {
  id: string;
  producer: DomainName;
  /** 0…1023; events of one aggregate are always in one lane. */
  lane: number;
  /** Gap-free within (producer, lane), from 1. */
  sequence: number;
  type: T;
  aggregateId: string;
  /** Version of the aggregate after the change; an older one is ignored. */
  version: number;
  /** Business time of the change. */
  occurredAt: Instant;
  traceId: string;
  payload: Events[T];
}
