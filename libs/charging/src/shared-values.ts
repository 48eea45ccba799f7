import type { Instant } from '@ronghe/kernel';

/** Values that stay so; then all are forgotten. */
const VALUES_LIMIT = 10_000;

/** Values that many rows share are read once: periods begin together, and classes and rules are few. Nobody may change one. */
export class SharedValues<T> {
  private readonly known = new Map<string, T>();

  constructor(private readonly read: (text: string) => T) {}

  of(text: string): T {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    if (this.known.size >= VALUES_LIMIT) this.known.clear();
    // A piece of a string keeps the whole of it.
    const own = Buffer.from(text).toString();
    const value = this.read(own);
    this.known.set(own, value);
    return value;
  }
}

/** Instants as PostgreSQL writes them as text where the session's zone is UTC: `2026-06-01 00:00:00+00`. */
export const instantsOfText = new SharedValues((text): Instant => new Date(text).toISOString() as Instant);
