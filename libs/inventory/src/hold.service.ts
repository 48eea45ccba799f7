import { Injectable } from '@nestjs/common';
import type { CommandAnswer, CommandInput, ResourceRequest } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { demandsOf, type KindDemand } from './hold-plan';
import { inventoryError } from './inventory.errors';
import { decide, productResourceOf } from './resource';
import type { StoredResource } from './resource-row';
import { ResourceStore, type LockMode } from './resource.store';

/** What a hold found: units by slot, or why there are not enough. */
type Findings = { units: Map<string, StoredResource> } | { refusal: ReturnType<typeof inventoryError> };

/** Reserves stock for an order and gives it back: all of the order or nothing. */
@Injectable()
export class HoldService {
  constructor(private readonly resources: ResourceStore) {}

  /**
   * Holds every requested unit until an instant.
   * @throws DomainError('out_of_stock' | 'resource_not_available' | 'slot_already_held' | 'hold_in_past').
   */
  async hold(
    tx: Tx,
    input: CommandInput<'inventory.holdResources'>,
  ): Promise<CommandAnswer<'inventory.holdResources'>> {
    const { orderId, until, requests } = input;
    if (until <= tx.now) throw inventoryError('hold_in_past', { until, now: tx.now });
    const demands = demandsOf(requests);
    await this.requireFreeSlots(tx, orderId, requests);
    const units = await this.take(tx, demands);

    const taken = [...units.entries()];
    const before = taken.map(([, unit]) => unit);
    const after = taken.map(([slot, unit]) => decide(unit, { type: 'hold', orderId, slot, until }));
    await this.resources.save(tx, before, after, orderId, 'hold');
    await this.scheduleExpiry(tx, orderId);
    return {
      resources: requests.flatMap(({ slot }) => {
        const unit = units.get(slot);
        if (!unit) return [];
        return [{ slot, ...productResourceOf(unit, unit.grade) }];
      }),
    };
  }

  /** What the order holds goes back to stock; nothing held is not an error. */
  async release(tx: Tx, orderId: string): Promise<{ released: number }> {
    const held = await this.resources.lockHeldBy(tx, orderId);
    await this.giveBack(tx, held, orderId, 'release');
    await tx.cancelSchedule('inventory.holdExpired', orderId);
    return { released: held.length };
  }

  /** The business clock passed the end of a hold of this order. */
  async expire(tx: Tx, orderId: string, dueAt: Instant): Promise<void> {
    const held = await this.resources.lockHeldBy(tx, orderId);
    const expired = held.filter(({ situation }) => situation.state === 'held' && situation.until <= dueAt);
    await this.giveBack(tx, expired, orderId, 'hold expired');
    await this.scheduleExpiry(tx, orderId);
  }

  private async giveBack(tx: Tx, units: StoredResource[], orderId: string, cause: string): Promise<void> {
    const after = units.map((unit) => decide(unit, { type: 'release' }));
    await this.resources.save(tx, units, after, orderId, cause);
  }

  private async scheduleExpiry(tx: Tx, orderId: string): Promise<void> {
    const ends = await this.resources.firstHoldEnd(tx, orderId);
    if (ends) await tx.schedule('inventory.holdExpired', orderId, ends, { orderId });
  }

  private async requireFreeSlots(tx: Tx, orderId: string, requests: ResourceRequest[]): Promise<void> {
    const owned = await this.resources.findByOrder(tx, orderId);
    const slots = owned.map(({ situation }) => ('slot' in situation ? situation.slot : ''));
    const taken = requests.find((request) => slots.includes(request.slot));
    if (taken) throw inventoryError('slot_already_held', { orderId, slot: taken.slot });
  }

  /**
   * First without waiting, so that clerks do not queue for the same unit. When that falls short because others are
   * in the middle of a hold that may still fail, once more, waiting for them: a refusal is final. Whoever waits has
   * let go of what it took and has passed the gate, so that two never wait for each other.
   */
  private async take(tx: Tx, demands: KindDemand[]): Promise<Map<string, StoredResource>> {
    await tx.query('savepoint quick_take');
    const quick = await this.find(tx, demands, 'skip locked');
    if ('units' in quick) return quick.units;
    await tx.query('rollback to savepoint quick_take');
    await this.resources.enterGate(tx);
    const patient = await this.find(tx, demands, 'wait');
    if ('units' in patient) return patient.units;
    throw patient.refusal;
  }

  /** Bounded: two statements for each kind of stock that the order needs. */
  private async find(tx: Tx, demands: KindDemand[], mode: LockMode): Promise<Findings> {
    const units = new Map<string, StoredResource>();
    for (const { kind, chosen, anySlots } of demands) {
      const values = chosen.map((choice) => choice.value);
      const found = values.length === 0 ? [] : await this.resources.lockFreeValues(tx, kind, values, mode);
      for (const { slot, value } of chosen) {
        const unit = found.find((candidate) => candidate.value === value);
        if (!unit) return { refusal: await this.notAvailable(tx, kind, value) };
        units.set(slot, unit);
      }
      if (anySlots.length === 0) continue;
      const free = await this.resources.lockFree(tx, kind, anySlots.length, values, mode);
      if (free.length < anySlots.length) {
        return {
          refusal: inventoryError('out_of_stock', { kind, requested: anySlots.length, free: free.length }),
        };
      }
      free.forEach((unit, index) => units.set(anySlots[index] ?? '', unit));
    }
    return { units };
  }

  private async notAvailable(tx: Tx, kind: KindDemand['kind'], value: string) {
    const unit = await this.resources.findByValue(tx, kind, value);
    return inventoryError('resource_not_available', {
      kind,
      value,
      state: unit?.situation.state ?? 'not_in_stock',
    });
  }
}
