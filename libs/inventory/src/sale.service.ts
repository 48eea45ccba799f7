import { Injectable } from '@nestjs/common';
import { laneOf } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { inventoryError } from './inventory.errors';
import { PolicyStore } from './policy.store';
import { restUntil } from './quarantine';
import { decide, isNumberKind, type Resource } from './resource';
import { ResourceStore } from './resource.store';

/** Resources in one command. */
const RETURN_LIMIT = 500;
/** Numbers that end their rest in one transaction. */
const REST_BATCH = 1000;

/** Sells what was held, takes back what was sold, and lets numbers rest before they are sold again. */
@Injectable()
export class SaleService {
  constructor(
    private readonly resources: ResourceStore,
    private readonly policies: PolicyStore,
  ) {}

  /**
   * The order's held resources are sold. An order that never held anything needs nothing from stock.
   * @throws DomainError('hold_expired') when its hold is gone.
   */
  async confirm(tx: Tx, orderId: string): Promise<{ confirmed: number }> {
    const held = await this.resources.lockHeldBy(tx, orderId);
    if (held.length === 0) {
      await this.requireNothingLost(tx, orderId);
      return { confirmed: 0 };
    }
    const sold = held.map((unit) => decide(unit, { type: 'confirm' }));
    await this.resources.save(tx, held, sold, orderId, 'confirm');
    await tx.cancelSchedule('inventory.holdExpired', orderId);
    for (const unit of sold) emitMove(tx, 'resource.assigned.v1', unit, orderId);
    return { confirmed: sold.length };
  }

  /**
   * Sold resources come back: numbers rest, SIMs are retired, terminals are in stock again.
   * @throws DomainError('resource_not_found' | 'resource_state' | 'too_many_resources' | 'inventory_policy_missing').
   */
  async takeBack(tx: Tx, resourceIds: string[], orderId: string): Promise<{ returned: number }> {
    if (resourceIds.length > RETURN_LIMIT) {
      throw inventoryError('too_many_resources', { count: resourceIds.length, limit: RETURN_LIMIT });
    }
    const units = await this.resources.lockMany(tx, resourceIds);
    const known = new Set(units.map((unit) => unit.resourceId));
    const unknown = resourceIds.filter((resourceId) => !known.has(resourceId));
    if (unknown.length > 0) throw inventoryError('resource_not_found', { resourceIds: unknown });

    const hasNumbers = units.some((unit) => isNumberKind(unit.kind));
    const until = hasNumbers ? restUntil(await this.policies.all(tx), tx.now) : tx.now;
    const after = units.map((unit) => decide(unit, { type: 'return', restUntil: until }));
    await this.resources.save(tx, units, after, orderId, 'return');
    if (hasNumbers) await tx.schedule('inventory.restEnded', until, until);
    for (const unit of after) emitMove(tx, 'resource.released.v1', unit, orderId);
    return { returned: after.length };
  }

  /** Numbers whose rest is over at the business time may be sold again. */
  async endRests(tx: Tx): Promise<void> {
    const rested = await this.resources.lockRested(tx, tx.now, REST_BATCH);
    const after = rested.map((unit) => decide(unit, { type: 'endRest' }));
    await this.resources.save(tx, rested, after, null, 'rest ended');
    // The rest of a large batch follows at once, in a transaction of its own.
    if (rested.length === REST_BATCH) await tx.schedule('inventory.restEnded', tx.now, tx.now);
  }

  /** Nothing held is right for an order without resources, or one that was confirmed before under another key. */
  private async requireNothingLost(tx: Tx, orderId: string): Promise<void> {
    const owned = await this.resources.findByOrder(tx, orderId);
    if (owned.length === 0 && (await this.resources.hasHeld(tx, orderId))) {
      throw inventoryError('hold_expired', { orderId });
    }
  }
}

function emitMove(
  tx: Tx,
  type: 'resource.assigned.v1' | 'resource.released.v1',
  unit: Resource,
  orderId: string,
): void {
  const { resourceId, kind, value, version } = unit;
  tx.emit(type, {
    aggregateId: resourceId,
    lane: laneOf(resourceId),
    version,
    payload: { resourceId, kind, value, orderId },
  });
}
