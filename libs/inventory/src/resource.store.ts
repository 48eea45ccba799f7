import type { ResourceKind } from '@ronghe/contracts';
import { instantFromDate, type Instant } from '@ronghe/kernel';
import { requestContext, type Tx } from '@ronghe/platform';
import { Injectable } from '@nestjs/common';
import type { Resource } from './resource';
import { fromRow, toRow, type ResourceRow, type StoredResource } from './resource-row';

/** Whether a statement passes over rows that another transaction works on, or waits for them. */
export type LockMode = 'skip locked' | 'wait';

const COLUMNS = `id, kind, value, imsi, place_code, grade_rank, state, order_id, slot, held_until, rest_until, version`;

/** Units of stock: locking those that a command moves, and writing their moves. */
@Injectable()
export class ResourceStore {
  /** Locks up to `count` free units of a kind, plain numbers first, leaving out some values. */
  async lockFree(
    tx: Tx,
    kind: ResourceKind,
    count: number,
    exceptValues: readonly string[],
    mode: LockMode,
  ): Promise<StoredResource[]> {
    return this.select(
      tx,
      `where kind = $1 and state = 'available' and value <> all($3::text[])
       order by grade_rank, value limit $2 for update ${mode === 'wait' ? '' : mode}`,
      [kind, count, exceptValues],
    );
  }

  /** Locks those of the values of a kind that are free. */
  async lockFreeValues(
    tx: Tx,
    kind: ResourceKind,
    values: readonly string[],
    mode: LockMode,
  ): Promise<StoredResource[]> {
    return this.select(
      tx,
      `where kind = $1 and state = 'available' and value = any($2::text[])
       order by value for update ${mode === 'wait' ? '' : mode}`,
      [kind, values],
    );
  }

  /** Locks what an order holds. Like every other lock on several units, in the order of kind and value. */
  async lockHeldBy(tx: Tx, orderId: string): Promise<StoredResource[]> {
    return this.select(tx, `where order_id = $1 and state = 'held' order by kind, value for update`, [
      orderId,
    ]);
  }

  /** Locks units by id; unknown ids are left out. */
  async lockMany(tx: Tx, resourceIds: readonly string[]): Promise<StoredResource[]> {
    return this.select(tx, `where id = any($1::uuid[]) order by kind, value for update`, [resourceIds]);
  }

  /** Locks numbers whose rest is over, at most `limit`. */
  async lockRested(tx: Tx, now: Instant, limit: number): Promise<StoredResource[]> {
    return this.select(
      tx,
      `where state = 'quarantined' and rest_until <= $1 order by kind, value limit $2 for update`,
      [now, limit],
    );
  }

  /** Until a hold releases them, waiters for stock stand in one queue. */
  async enterGate(tx: Tx): Promise<void> {
    await tx.query(`select name from inventory.stock_gate where name = 'hold' for update`);
  }

  async findMany(tx: Tx, resourceIds: readonly string[]): Promise<StoredResource[]> {
    return this.select(tx, `where id = any($1::uuid[])`, [resourceIds]);
  }

  /** The unit of a kind with this value; null when it is not in stock. */
  async findByValue(tx: Tx, kind: ResourceKind, value: string): Promise<StoredResource | null> {
    const [unit] = await this.select(tx, `where kind = $1 and value = $2`, [kind, value]);
    return unit ?? null;
  }

  /** What an order holds or owns. */
  async findByOrder(tx: Tx, orderId: string): Promise<StoredResource[]> {
    return this.select(tx, `where order_id = $1 order by kind, value`, [orderId]);
  }

  /** When the first of an order's holds ends; null when it holds nothing. */
  async firstHoldEnd(tx: Tx, orderId: string): Promise<Instant | null> {
    const [row] = await tx.query<{ ends: Date | null }>(
      `select min(held_until) as ends from inventory.resource where order_id = $1 and state = 'held'`,
      [orderId],
    );
    return row?.ends ? instantFromDate(row.ends) : null;
  }

  /**
   * Locks what an order held until its hold expired and nobody has touched since, with the slot of each.
   * `isAll` is false when it has lost something that it once held.
   */
  async lockExpired(
    tx: Tx,
    orderId: string,
  ): Promise<{ units: { unit: StoredResource; slot: string }[]; isAll: boolean }> {
    const moves = await tx.query<{ resource_id: string; slot: string }>(
      `select resource_id, max(slot) as slot from inventory.resource_move
        where order_id = $1 and to_state = 'held' group by resource_id`,
      [orderId],
    );
    // Its stock is free by now: whoever waits for free stock has passed the gate.
    if (moves.length > 0) await this.enterGate(tx);
    const locked = await this.lockMany(
      tx,
      moves.map((move) => move.resource_id),
    );
    const last = await tx.query<{ resource_id: string }>(
      `select m.resource_id from inventory.resource_move m join inventory.resource r on r.id = m.resource_id and r.version = m.version
        where m.order_id = $1 and m.cause = 'hold expired'`,
      [orderId],
    );
    const untouched = new Set(last.map((move) => move.resource_id));
    const units = locked.flatMap((unit) => {
      const slot = moves.find((move) => move.resource_id === unit.resourceId)?.slot;
      return slot !== undefined && untouched.has(unit.resourceId) ? [{ unit, slot }] : [];
    });
    return { units, isAll: units.length === moves.length };
  }

  /**
   * Writes what locked units became, with the move of each, in two statements.
   * @param orderId the order that moved them; null for a move by time.
   */
  async save(
    tx: Tx,
    before: readonly Resource[],
    after: readonly Resource[],
    orderId: string | null,
    cause: string,
  ) {
    if (after.length === 0) return;
    const rows = after.map(toRow);
    await tx.execute(
      `update inventory.resource r
         set state = n.state, order_id = n.order_id, slot = n.slot, held_until = n.held_until,
             rest_until = n.rest_until, version = n.version
        from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::integer[])
             as n (id, state, order_id, slot, held_until, rest_until, version)
       where r.id = n.id`,
      [
        rows.map((row) => row.id),
        rows.map((row) => row.state),
        rows.map((row) => row.order_id),
        rows.map((row) => row.slot),
        rows.map((row) => row.held_until),
        rows.map((row) => row.rest_until),
        rows.map((row) => row.version),
      ],
    );
    await tx.execute(
      `insert into inventory.resource_move
         (resource_id, version, from_state, to_state, slot, order_id, cause, moved_at, moved_by)
       select m.id, m.version, m.from_state, m.to_state, m.slot, $6, $7, $8, $9
         from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[])
              as m (id, version, from_state, to_state, slot)`,
      [
        rows.map((row) => row.id),
        rows.map((row) => row.version),
        before.map((resource) => resource.situation.state),
        rows.map((row) => row.state),
        rows.map((row) => row.slot),
        orderId,
        cause,
        tx.now,
        requestContext().actor?.id ?? 'system',
      ],
    );
  }

  /** Units by the rest of a select statement. */
  async select(tx: Tx, rest: string, parameters: unknown[]): Promise<StoredResource[]> {
    const rows = await tx.query<ResourceRow>(`select ${COLUMNS} from inventory.resource ${rest}`, parameters);
    return rows.map(fromRow);
  }
}
