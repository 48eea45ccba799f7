import { Injectable } from '@nestjs/common';
import type { ResourceKind } from '@ronghe/contracts';
import { isId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { storedValue } from './hold-plan';
import { inventoryError } from './inventory.errors';
import { likePatternFrom } from './number-pattern';
import type { NumberKind } from './number-plan';
import { resourceKinds } from './resource';
import type { StoredResource } from './resource-row';
import { ResourceStore } from './resource.store';
import { unitsOf, type StockRange } from './stock-range';
import { StockStore, type StockLevel, type StockPlace } from './stock.store';

/** What entered stock. */
export interface StockReceipt {
  kind: ResourceKind;
  placeCode: string;
  count: number;
  first: string;
  last: string;
}

/** What a counter looks for among free numbers. */
export interface NumberWish {
  kind: NumberKind;
  /** Digits, `?`, `*`: see likePatternFrom. */
  pattern: string | null;
  placeCode: string | null;
  /** The number after which the page starts. */
  after: string | null;
  /** One more than the page shows, to know whether another follows. */
  limit: number;
}

/** Stock comes in, and is looked at. */
@Injectable()
export class StockService {
  constructor(
    private readonly transactions: Transactions,
    private readonly stock: StockStore,
    private readonly resources: ResourceStore,
  ) {}

  /** Opens a place. @throws DomainError('place_already_open'). */
  async openPlace(place: StockPlace, key: string): Promise<StockPlace> {
    return this.transactions.once('inventory.openPlace', key, place, async (tx) => {
      if (!(await this.stock.addPlace(tx, place)))
        throw inventoryError('place_already_open', { code: place.code });
      return place;
    });
  }

  /**
   * A whole range enters stock at a place, or nothing of it.
   * @throws DomainError('place_not_found' | 'stock_already_known'), and those of unitsOf.
   */
  async add(range: StockRange, placeCode: string, key: string): Promise<StockReceipt> {
    return this.transactions.once('inventory.addStock', key, { ...range, placeCode }, async (tx) => {
      const units = unitsOf(range);
      if ((await this.stock.findPlaces(tx, [placeCode])).length === 0) {
        throw inventoryError('place_not_found', { code: placeCode });
      }
      await this.insert(tx, range.kind, placeCode, units);
      const [first, last] = [units[0]?.value ?? '', units.at(-1)?.value ?? ''];
      return { kind: range.kind, placeCode, count: units.length, first, last };
    });
  }

  async places(): Promise<StockPlace[]> {
    return this.transactions.read((tx) => this.stock.places(tx));
  }

  /** Places in the order of the codes; null where there is none. */
  async placesByCode(codes: readonly string[]): Promise<(StockPlace | null)[]> {
    const found = await this.transactions.read((tx) => this.stock.findPlaces(tx, codes));
    return codes.map((code) => found.find((place) => place.code === code) ?? null);
  }

  async levels(placeCode: string | null): Promise<StockLevel[]> {
    return this.transactions.read((tx) => this.stock.levels(tx, placeCode));
  }

  /** Free numbers in ascending order. @throws DomainError('pattern_invalid'). */
  async freeNumbers(wish: NumberWish): Promise<StoredResource[]> {
    const { pattern, ...rest } = wish;
    const like = pattern === null ? null : likePatternFrom(pattern);
    return this.transactions.read((tx) => this.stock.freeNumbers(tx, { ...rest, like }));
  }

  /** Units by id, in the order of the ids; null where there is none. */
  async byIds(resourceIds: readonly string[]): Promise<(StoredResource | null)[]> {
    const found = await this.transactions.read((tx) => this.resources.findMany(tx, resourceIds.filter(isId)));
    const byId = new Map(found.map((unit) => [unit.resourceId, unit]));
    return resourceIds.map((resourceId) => byId.get(resourceId) ?? null);
  }

  /** The unit of a value, a number in any spelling; without a kind, the first kind that has it. */
  async byValue(value: string, kind: ResourceKind | null): Promise<StoredResource | null> {
    const { rows } = await this.page({ kind, value, offset: 0, limit: 1 });
    return rows[0] ?? null;
  }

  /** Units by kind and value, a number in any spelling, and how many there are in all. */
  async page(wish: { kind: ResourceKind | null; value: string | null; offset: number; limit: number }) {
    const { kind, value, offset, limit } = wish;
    const kinds = kind === null ? resourceKinds : [kind];
    const values = value === null ? null : [...new Set(kinds.flatMap((each) => spelling(each, value)))];
    return this.transactions.read((tx) => this.stock.page(tx, { kind, values, offset, limit }));
  }

  private async insert(
    tx: Tx,
    kind: ResourceKind,
    placeCode: string,
    units: ReturnType<typeof unitsOf>,
  ): Promise<void> {
    const known = await this.stock.known(tx, kind, units);
    // The insert counts again: another range may have come in since.
    const added = known.length > 0 ? 0 : await this.stock.add(tx, kind, placeCode, units);
    if (added < units.length) throw inventoryError('stock_already_known', { kind, examples: known });
  }
}

/** How a kind stores the value; nothing when it cannot be one of the kind. */
function spelling(kind: ResourceKind, value: string): string[] {
  try {
    return [storedValue(kind, value)];
  } catch {
    return [];
  }
}
