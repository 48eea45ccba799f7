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
   * The order's held resources are sold. An order that never held anything needs nothing from stock. A hold that
   * expired while nobody else wanted its stock still counts: the services may be running by then.
   * @throws DomainError('hold_expired') when any of it is gone.
   */
  async confirm(tx: Tx, orderId: string): Promise<{ confirmed: number }> {
    const held = await this.resources.lockHeldBy(tx, orderId);
    const units = held.length > 0 ? held : await this.holdAgain(tx, orderId);
    const sold = units.map((unit) => decide(unit, { type: 'confirm' }));
    await this.resources.save(tx, units, sold, orderId, 'confirm');
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

  /** Nothing held is also right for an order without resources, or one that was confirmed before under another key. */
  private async holdAgain(tx: Tx, orderId: string): Promise<Resource[]> {
    if ((await this.resources.findByOrder(tx, orderId)).length > 0) return [];
    const { units, isAll } = await this.resources.lockExpired(tx, orderId);
    if (!isAll) throw inventoryError('hold_expired', { orderId });
    const before = units.map(({ unit }) => unit);
    const after = units.map(({ unit, slot }) => decide(unit, { type: 'hold', orderId, slot, until: tx.now }));
    await this.resources.save(tx, before, after, orderId, 'hold again');
    return after;
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
