/** So many keys are forgotten at least before the young generation gets another map. */
const FORGOTTEN_LIMIT = 256;

/**
 * Values by key for a while: what was kept too long ago is gone, and where there are too many, those that were used longest ago go
 * first. It never grows with the number of keys that there are.
 *
 * The keys are of two generations, since a list in the order of use would be written at every look: what is used goes into
 * the young one, and once that is half of the limit it is the old one, in the place of the one before. So whatever is among the half
 * of the limit that was used last is there.
 */
export class BoundedMemory<V> {
  private young = new Map<string, Kept<V>>();
  private old = new Map<string, Kept<V>>();
  /** Keys that the map of the young generation has lost. */
  private forgotten = 0;
  private readonly generation: number;

  /**
   * @param limit values at most; 0 keeps nothing
   * @param lifeMs how long a value is kept, counted from `keep`
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    private readonly limit: number,
    private readonly lifeMs: number,
    private readonly now: () => number,
  ) {
    this.generation = Math.max(1, limit >> 1);
  }

  /** What is kept under a key; from now on it is the one used last. */
  find(key: string): V | undefined {
    const young = this.young.get(key);
    const entry = young ?? this.old.get(key);
    if (!entry) return undefined;
    if (this.now() - entry.at > this.lifeMs) {
      this.forget(key);
      return undefined;
    }
    if (!young) this.use(key, entry);
    return entry.value;
  }

  /** What is kept under a key, as if nobody had looked. */
  peek(key: string): V | undefined {
    const entry = this.young.get(key) ?? this.old.get(key);
    return entry && this.now() - entry.at <= this.lifeMs ? entry.value : undefined;
  }

  /** Keeps a value in the place of what the key had before. */
  keep(key: string, value: V): void {
    if (this.limit > 0) this.use(key, { value, at: this.now() });
  }

  /** Keeps nothing of a key any more. */
  forget(key: string): void {
    this.old.delete(key);
    if (!this.young.delete(key)) return;
    this.forgotten += 1;
    if (this.forgotten >= Math.max(FORGOTTEN_LIMIT, this.young.size)) this.renew(new Map(this.young));
  }

  /** How many values it holds, also those whose time is over or that were kept again. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  /** An entry of the old generation may stay there: nobody looks behind the young one. */
  private use(key: string, entry: Kept<V>): void {
    if (this.young.size >= this.generation && !this.young.has(key)) {
      // A limit of one has no room for an old generation.
      if (this.limit > 1) this.old = this.young;
      this.renew(new Map());
    }
    this.young.set(key, entry);
  }

  /**
   * A map into which keys go and come leaves its former tables behind, each of which points to the next one. When one of them has
   * become old, the collections of young garbage keep all that came after it, with what was in them: a session in ten kilobytes.
   */
  private renew(young: Map<string, Kept<V>>): void {
    this.young = young;
    this.forgotten = 0;
  }
}

interface Kept<V> {
  value: V;
  at: number;
}
