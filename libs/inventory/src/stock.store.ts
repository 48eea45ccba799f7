import { Injectable } from '@nestjs/common';
import type { ResourceKind } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { requestContext, type Tx } from '@ronghe/platform';
import type { NumberKind } from './number-plan';
import type { ResourceState } from './resource';
import type { StoredResource } from './resource-row';
import { ResourceStore } from './resource.store';
import type { StockUnit } from './stock-range';

/** Where stock lies. */
export interface StockPlace {
  code: string;
  name: string;
}

/** How many units of a kind lie at a place in a state. */
export interface StockLevel {
  placeCode: string;
  kind: ResourceKind;
  state: ResourceState;
  count: number;
}

/** Which free numbers are wanted; null does not restrict. */
export interface NumberSearch {
  kind: NumberKind;
  /** SQL LIKE. */
  like: string | null;
  placeCode: string | null;
  /** The value after which a page starts. */
  after: string | null;
  limit: number;
}

/** Which units are wanted; null does not restrict. */
export interface ResourceFilter {
  kind: ResourceKind | null;
  /** Stored forms of the value that was asked for. */
  values: string[] | null;
  offset: number;
  limit: number;
}

/** Stock as operations sees it: places, what lies there, what came in. */
@Injectable()
export class StockStore {
  constructor(private readonly resources: ResourceStore) {}

  /** False when the code is taken. */
  async addPlace(tx: Tx, place: StockPlace): Promise<boolean> {
    const added = await tx.execute(
      `insert into inventory.place (code, name, opened_at, opened_by) values ($1, $2, $3, $4) on conflict do nothing`,
      [place.code, place.name, tx.now, requestContext().actor?.id ?? 'system'],
    );
    return added === 1;
  }

  async places(tx: Tx): Promise<StockPlace[]> {
    return tx.query<StockPlace>(`select code, name from inventory.place order by code`);
  }

  async findPlaces(tx: Tx, codes: readonly string[]): Promise<StockPlace[]> {
    return tx.query<StockPlace>(`select code, name from inventory.place where code = any($1::text[])`, [
      codes,
    ]);
  }

  /** Stores new units with their first move in one statement; returns how many were new. */
  async add(tx: Tx, kind: ResourceKind, placeCode: string, units: readonly StockUnit[]): Promise<number> {
    return tx.execute(
      `with added as (
         insert into inventory.resource (id, kind, value, imsi, grade_rank, place_code, state, version)
         select u.id, $5, u.value, u.imsi, u.grade_rank, $6, 'available', 1
           from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[]) as u (id, value, imsi, grade_rank)
         on conflict do nothing
         returning id
       )
       insert into inventory.resource_move (resource_id, version, from_state, to_state, order_id, cause, moved_at, moved_by)
       select id, 1, null, 'available', null, 'stock in', $7, $8 from added`,
      [
        units.map(() => newId()),
        units.map((unit) => unit.value),
        units.map((unit) => unit.imsi),
        units.map((unit) => unit.gradeRank),
        kind,
        placeCode,
        tx.now,
        requestContext().actor?.id ?? 'system',
      ],
    );
  }

  /** Up to ten of the values or IMSIs that are in stock already, to tell the clerk. */
  async known(tx: Tx, kind: ResourceKind, units: readonly StockUnit[]): Promise<string[]> {
    const rows = await tx.query<{ value: string }>(
      `select value from inventory.resource where (kind = $1 and value = any($2::text[])) or imsi = any($3::text[])
       order by value limit 10`,
      [kind, units.map((unit) => unit.value), units.flatMap((unit) => unit.imsi ?? [])],
    );
    return rows.map((row) => row.value);
  }

  async levels(tx: Tx, placeCode: string | null): Promise<StockLevel[]> {
    const rows = await tx.query<{
      place_code: string;
      kind: ResourceKind;
      state: ResourceState;
      count: string;
    }>(
      `select place_code, kind, state, count(*) as count from inventory.resource
        where $1::text is null or place_code = $1
        group by place_code, kind, state order by place_code, kind, state`,
      [placeCode],
    );
    return rows.map((row) => ({
      placeCode: row.place_code,
      kind: row.kind,
      state: row.state,
      count: Number(row.count),
    }));
  }

  /** Free numbers in ascending order. */
  async freeNumbers(tx: Tx, search: NumberSearch): Promise<StoredResource[]> {
    return this.resources.select(
      tx,
      `where kind = $1 and state = 'available' and ($2::text is null or value like $2)
         and ($3::text is null or place_code = $3) and ($4::text is null or value > $4)
       order by value limit $5`,
      [search.kind, search.like, search.placeCode, search.after, search.limit],
    );
  }

  /** A page of all units by kind and value, and how many there are in all. */
  async page(tx: Tx, filter: ResourceFilter): Promise<{ total: number; rows: StoredResource[] }> {
    const where = `where ($1::text is null or kind = $1) and ($2::text[] is null or value = any($2))`;
    const parameters = [filter.kind, filter.values];
    const [count] = await tx.query<{ n: string }>(
      `select count(*) as n from inventory.resource ${where}`,
      parameters,
    );
    const rows = await this.resources.select(tx, `${where} order by kind, value limit $3 offset $4`, [
      ...parameters,
      filter.limit,
      filter.offset,
    ]);
    return { total: Number(count?.n ?? 0), rows };
  }
}
