/**
 * Keeps things under numbers that come again, the last one given back first. A map that keys enter and leave all the time would do
 * the same, but each of its former tables points to the next one: one that has become old keeps all that came after, until the old
 * generation is collected.
 */
export class Numbered<T> {
  private readonly things: (T | undefined)[] = [];
  private readonly free: number[] = [];

  /** @returns the number under which it is kept from now on */
  add(thing: T): number {
    const number = this.free.pop() ?? this.things.length;
    this.things[number] = thing;
    return number;
  }

  /** Gives back what is kept under a number, which then is free again; undefined: nothing is. */
  take(number: number): T | undefined {
    const thing = this.things[number];
    if (thing === undefined) return undefined;
    this.things[number] = undefined;
    this.free.push(number);
    return thing;
  }
}
