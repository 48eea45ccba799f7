import { addRatios, subtractRatios, zeroAmount, zeroRatio, type Amount, type Ratio } from '@ronghe/kernel';
import type { RatedUsage } from './rate-usage';
import type { Counter } from './rating-state';
import type { CompiledUsagePrice } from './usage-price';

/** A counter while usage is counted. */
export class OpenCounter implements Counter {
  units: bigint;
  events: bigint;
  amount?: Amount;
  price?: Ratio;
  spent?: Amount;
  isChanged = false;
  private chargedBy: CompiledUsagePrice | null = null;
  private chargedAmount = zeroAmount;

  constructor(counter: Counter | undefined) {
    this.units = counter?.units ?? 0n;
    this.events = counter?.events ?? 0n;
    if (counter?.amount !== undefined) this.amount = counter.amount;
    if (counter?.price !== undefined) this.price = counter.price;
    if (counter?.spent !== undefined) this.spent = counter.spent;
  }

  /** What the price charges for all that is counted, within its minimum, maximum and cap. */
  charged(price: CompiledUsagePrice): Amount {
    if (this.chargedBy !== price) {
      this.chargedBy = price;
      this.chargedAmount = price.cappedPriceOf(this);
    }
    return this.chargedAmount;
  }

  /** Counts an event of which nothing but its units matters. */
  count(units: bigint): void {
    this.units += units;
    this.events += 1n;
    this.isChanged = true;
    this.chargedBy = null;
  }

  add({ units, events, amount, price, spent }: Counter): void {
    this.units += units;
    this.events += events;
    if (amount !== undefined) this.amount = ((this.amount ?? 0n) + amount) as Amount;
    if (price !== undefined) this.price = addRatios(this.price ?? zeroRatio, price);
    if (spent !== undefined) this.spent = ((this.spent ?? 0n) + spent) as Amount;
    this.isChanged = true;
    this.chargedBy = null;
  }

  /**
   * Counts an event with what it is worth at a price before the period's minimum, maximum and cap, and puts that into `counted`
   * too: other events of the period may be charged at another price, and what limits the period looks at all of them. A
   * counter without a sum begins with what it is worth at this price.
   * @returns what the event is worth
   */
  spend(counted: Counter, price: CompiledUsagePrice): Amount {
    const worthBefore = price.priceOf(this);
    const spentBefore = this.spent ?? worthBefore;
    this.add(counted);
    const worth = (price.priceOf(this) - worthBefore) as Amount;
    this.spent = (spentBefore + worth) as Amount;
    counted.spent = worth;
    return worth;
  }

  /**
   * Takes out what `spend` or `count` has counted. Of an event that was rated before its counter kept a sum nobody knows what it
   * was worth: the sum begins anew with the next event, at that one's price. So it does once nothing is counted any more.
   */
  takeOut(counted: Counter): void {
    const { spent: worth, ...rest } = counted;
    const { spent } = this;
    this.subtract(rest);
    const isEmpty = this.units === 0n && this.events === 0n;
    if (spent === undefined) return;
    if (worth === undefined || isEmpty) delete this.spent;
    else this.spent = (spent - worth) as Amount;
  }

  subtract({ units, events, amount, price, spent }: Counter): void {
    const taken: Counter = { units: -units, events: -events };
    if (amount !== undefined) taken.amount = -amount as Amount;
    if (price !== undefined) taken.price = subtractRatios(zeroRatio, price);
    if (spent !== undefined) taken.spent = -spent as Amount;
    this.add(taken);
  }

  close(): Counter {
    const { units, events, amount, price, spent } = this;
    const counter: Counter = { units, events };
    if (amount !== undefined) counter.amount = amount;
    if (price !== undefined) counter.price = price;
    if (spent !== undefined) counter.spent = spent;
    return counter;
  }
}

/** What of a rated event changed counters. */
export type CountedEffect = Pick<RatedUsage, 'counterKey' | 'chargedUnits' | 'parts'>;

/** The counters of a state while usage is counted, by key. */
export class OpenCounters {
  private readonly open = new Map<string, OpenCounter>();
  /** Most prices have none. */
  private cells: Map<string, Map<string, OpenCounter>> | null = null;

  constructor(private readonly initial: Readonly<Record<string, Counter>>) {}

  /** The counter of a key; a new one where there is none. */
  at(key: string): OpenCounter {
    let counter = this.open.get(key);
    if (!counter) {
      counter = new OpenCounter(this.initial[key]);
      this.open.set(key, counter);
    }
    return counter;
  }

  /** The counter of a cell of a price. */
  cellAt(counterKey: string, cell: string): OpenCounter {
    this.cells ??= new Map<string, Map<string, OpenCounter>>();
    let cells = this.cells.get(counterKey);
    if (!cells) this.cells.set(counterKey, (cells = new Map<string, OpenCounter>()));
    let counter = cells.get(cell);
    if (!counter) cells.set(cell, (counter = this.at(counterKeyOf(counterKey, cell))));
    return counter;
  }

  /** Counts what an event that was rated elsewhere has counted. */
  put(rated: CountedEffect): void {
    this.move(rated, 'add');
  }

  /** Takes what a rated event has counted out again. */
  takeBack(rated: CountedEffect): void {
    this.move(rated, 'subtract');
  }

  /** Is as it was at first again. */
  reset(): void {
    if (!this.isChanged()) return;
    this.open.clear();
    this.cells = null;
  }

  /** Plain data; the initial object where nothing has changed. */
  close(): Readonly<Record<string, Counter>> {
    if (!this.isChanged()) return this.initial;
    const changed = [...this.open].filter(([, { isChanged }]) => isChanged);
    return {
      ...this.initial,
      ...Object.fromEntries(changed.map(([key, counter]) => [key, counter.close()] as const)),
    };
  }

  private move({ counterKey, chargedUnits, parts }: CountedEffect, way: 'add' | 'subtract'): void {
    const whole = way === 'add' ? 'add' : 'takeOut';
    if (!parts) {
      if (chargedUnits > 0n) this.at(counterKey)[whole]({ units: chargedUnits, events: 1n });
      return;
    }
    for (const { cell, counted } of parts) this.cellAt(counterKey, cell)[cell === '' ? whole : way](counted);
    if (parts.some(({ cell }) => cell !== '')) this.at(counterKey)[way](countedOfParts(chargedUnits, parts));
  }

  private isChanged(): boolean {
    for (const counter of this.open.values()) if (counter.isChanged) return true;
    return false;
  }
}

/** The counter of a cell of a price. */
export function counterKeyOf(counterKey: string, cell: string): string {
  return cell === '' ? counterKey : `${counterKey}#${cell}`;
}

/** What an event in cells adds to the counter of the whole price. */
export function countedOfParts(
  chargedUnits: bigint,
  parts: readonly { counted: Counter; listAmount: Amount }[],
): Counter {
  let spent = 0n;
  let isCounted = false;
  for (const { counted, listAmount } of parts) {
    spent += listAmount;
    isCounted ||= counted.units > 0n;
  }
  return { units: chargedUnits, events: isCounted ? 1n : 0n, spent: spent as Amount };
}
