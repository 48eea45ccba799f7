import { assertNever, type Instant } from '@ronghe/kernel';
import type { ProductResource, ResourceKind } from '@ronghe/contracts';
import { inventoryError } from './inventory.errors';
import type { NumberGrade } from './number-grade';

export const resourceKinds = [
  'fixed_number',
  'mobile_number',
  'optical_terminal',
  'set_top_box',
  'sim',
] as const;

export const resourceStates = ['available', 'held', 'assigned', 'quarantined', 'retired'] as const;
export type ResourceState = (typeof resourceStates)[number];

/** Where a unit of stock stands. Instants are business time. */
export type Situation =
  | { state: 'available' }
  /** Reserved for an order until the instant, which no longer belongs to the hold. */
  | { state: 'held'; orderId: string; slot: string; until: Instant }
  /** Sold; `orderId` is the order that sold it. */
  | { state: 'assigned'; orderId: string; slot: string }
  /** A number that came back rests until the instant. */
  | { state: 'quarantined'; until: Instant }
  | { state: 'retired' };

/** One unit of stock: a SIM, a number, a terminal. `version` counts its moves, from 1 when it entered stock. */
export interface Resource {
  resourceId: string;
  kind: ResourceKind;
  /** What people know it by; unique within its kind. */
  value: string;
  /** Identifiers that belong to it beside its value: `imsi` of a SIM. */
  attributes: Record<string, string>;
  placeCode: string;
  version: number;
  situation: Situation;
}

/** What may happen to a unit of stock. */
export type ResourceCommand =
  | { type: 'hold'; orderId: string; slot: string; until: Instant }
  | { type: 'confirm' }
  | { type: 'release' }
  /** `restUntil` is when a number may be sold again. */
  | { type: 'return'; restUntil: Instant }
  | { type: 'endRest' }
  | { type: 'retire' };

/**
 * The resource after a command, with its version raised.
 * @throws DomainError('resource_state') when the command does not apply to its state.
 */
export function decide(resource: Resource, command: ResourceCommand): Resource {
  return { ...resource, version: resource.version + 1, situation: next(resource, command) };
}

function next(resource: Resource, command: ResourceCommand): Situation {
  const { situation } = resource;
  switch (command.type) {
    case 'hold':
      if (situation.state !== 'available') throw wrongState(resource, command);
      return { state: 'held', orderId: command.orderId, slot: command.slot, until: command.until };
    case 'confirm':
      if (situation.state !== 'held') throw wrongState(resource, command);
      return { state: 'assigned', orderId: situation.orderId, slot: situation.slot };
    case 'release':
      if (situation.state !== 'held') throw wrongState(resource, command);
      return { state: 'available' };
    case 'return':
      if (situation.state !== 'assigned') throw wrongState(resource, command);
      return afterReturn(resource.kind, command.restUntil);
    case 'endRest':
      if (situation.state !== 'quarantined') throw wrongState(resource, command);
      return { state: 'available' };
    case 'retire':
      if (situation.state !== 'available' && situation.state !== 'quarantined')
        throw wrongState(resource, command);
      return { state: 'retired' };
    default:
      return assertNever(command);
  }
}

/** A number must not reach its next owner's callers at once; a SIM carries keys of one subscriber; a box is reused. */
function afterReturn(kind: ResourceKind, restUntil: Instant): Situation {
  switch (kind) {
    case 'mobile_number':
    case 'fixed_number':
      return { state: 'quarantined', until: restUntil };
    case 'sim':
      return { state: 'retired' };
    case 'optical_terminal':
    case 'set_top_box':
      return { state: 'available' };
    default:
      return assertNever(kind);
  }
}

/** Whether stock of the kind is a number: graded, and rested after use. */
export function isNumberKind(kind: ResourceKind): kind is 'mobile_number' | 'fixed_number' {
  return kind === 'mobile_number' || kind === 'fixed_number';
}

/** The resource as orders, products and services name it; what is ordinary of a number is not told. */
export function productResourceOf(
  { resourceId, kind, value, attributes }: Resource,
  grade: NumberGrade | null = null,
): ProductResource {
  return {
    resourceId,
    kind,
    value,
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    ...(grade === null || grade === 'ordinary' ? {} : { grade }),
  };
}

function wrongState(resource: Resource, command: ResourceCommand) {
  return inventoryError('resource_state', {
    resourceId: resource.resourceId,
    kind: resource.kind,
    value: resource.value,
    state: resource.situation.state,
    command: command.type,
  });
}
