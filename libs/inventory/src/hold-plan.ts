import type { ResourceKind, ResourceRequest } from '@ronghe/contracts';
import { inventoryError } from './inventory.errors';
import { numberFrom } from './number-plan';
import { isNumberKind, resourceKinds } from './resource';

/** Resources in one hold; the largest basket of the catalog needs about a dozen. */
export const HOLD_LIMIT = 50;

/** What a hold takes of one kind: some values that were chosen, and any others. */
export interface KindDemand {
  kind: ResourceKind;
  /** Stored form of the chosen values with the slot of each. */
  chosen: { slot: string; value: string }[];
  /** Slots that take the next free one. */
  anySlots: string[];
}

/**
 * The requests by kind, kinds in the fixed order in which stock is locked.
 * @throws DomainError('too_many_resources' | 'slot_repeated' | 'number_invalid').
 */
export function demandsOf(requests: readonly ResourceRequest[]): KindDemand[] {
  if (requests.length > HOLD_LIMIT) {
    throw inventoryError('too_many_resources', { count: requests.length, limit: HOLD_LIMIT });
  }
  requireUnique(requests.map((request) => request.slot));
  return resourceKinds.flatMap((kind) => {
    const ofKind = requests.filter((request) => request.kind === kind);
    const chosen = ofKind.flatMap(({ slot, value }) =>
      value === undefined ? [] : [{ slot, value: storedValue(kind, value) }],
    );
    requireUnique(chosen.map((choice) => choice.value));
    const anySlots = ofKind.filter((request) => request.value === undefined).map((request) => request.slot);
    return ofKind.length === 0 ? [] : [{ kind, chosen, anySlots }];
  });
}

/** A chosen value in the form in which stock is kept. @throws DomainError('number_invalid'). */
export function storedValue(kind: ResourceKind, value: string): string {
  return isNumberKind(kind) ? numberFrom(kind, value) : value.trim().toUpperCase();
}

function requireUnique(texts: readonly string[]): void {
  const repeated = texts.find((text, index) => texts.indexOf(text) !== index);
  if (repeated !== undefined) throw inventoryError('slot_repeated', { repeated });
}
