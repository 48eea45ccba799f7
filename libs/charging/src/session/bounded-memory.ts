/**
 * Values by key for a while: what was kept too long ago is gone, and where there are too many, the one that was used longest
 * ago goes first. It never grows with the number of keys that there are.
 */
export class BoundedMemory<V> {
  private readonly kept = new Map<string, { value: V; at: number }>();

  /**
   * @param limit values at most; 0 keeps nothing
   * @param lifeMs how long a value is kept, counted from `keep`
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    private readonly limit: number,
    private readonly lifeMs: number,
    private readonly now: () => number,
  ) {}

  /** What is kept under a key; from now on it is the one used last. */
  find(key: string): V | undefined {
    const entry = this.kept.get(key);
    if (!entry) return undefined;
    this.kept.delete(key);
    if (this.now() - entry.at > this.lifeMs) return undefined;
    this.kept.set(key, entry);
    return entry.value;
  }

  /** What is kept under a key, as if nobody had looked. */
  peek(key: string): V | undefined {
    const entry = this.kept.get(key);
    return entry && this.now() - entry.at <= this.lifeMs ? entry.value : undefined;
  }

  /** Keeps a value in the place of what the key had before. */
  keep(key: string, value: V): void {
    this.kept.delete(key);
    if (this.limit === 0) return;
    if (this.kept.size >= this.limit) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    this.kept.set(key, { value, at: this.now() });
  }

  /** Keeps nothing of a key any more. */
  forget(key: string): void {
    this.kept.delete(key);
  }

  /** Keeps nothing at all any more. */
  forgetAll(): void {
    this.kept.clear();
  }

  /** How many values it holds, also those whose time is over. */
  get size(): number {
    return this.kept.size;
  }
}
