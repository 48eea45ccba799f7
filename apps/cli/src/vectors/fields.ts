import {
  instantFromIso,
  localDateOf,
  parseLocalDate,
  ratioFromDecimal,
  type LocalDate,
  type Ratio,
} from '@ronghe/kernel';
import { NotApplicable } from './outcome';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/**
 * An object of a vector. It remembers which fields were read: `finish` refuses a vector that says more than its
 * replayer has looked at, so that nothing passes by being overlooked.
 */
export class Fields {
  private readonly unread: Set<string>;

  constructor(
    private readonly values: { [name: string]: Json },
    private readonly path: string,
  ) {
    this.unread = new Set(Object.keys(values).filter((name) => values[name] !== null));
  }

  /** The value, or null where there is none. */
  take(name: string): Json {
    this.unread.delete(name);
    return this.values[name] ?? null;
  }

  /** All of it, for a comparison that looks at every field itself. */
  all(): { [name: string]: Json } {
    this.unread.clear();
    return this.values;
  }

  has(name: string): boolean {
    return (this.values[name] ?? null) !== null;
  }

  /** A field that says nothing the engine needs. */
  skip(...names: string[]): this {
    for (const name of names) this.unread.delete(name);
    return this;
  }

  text(name: string): string {
    return this.textOr(name) ?? this.refuse(name, 'is missing');
  }

  textOr(name: string): string | null {
    const value = this.take(name);
    if (value === null || typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : this.refuse(name, 'is no text');
  }

  /** One of the given words. */
  oneOf<T extends string>(name: string, words: readonly T[]): T {
    const value = this.text(name);
    return words.find((word) => word === value) ?? this.refuse(name, `${value} is not understood`);
  }

  decimal(name: string): Ratio {
    return ratioFromDecimal(this.text(name));
  }

  decimalOr(name: string): Ratio | null {
    const value = this.textOr(name);
    return value === null ? null : ratioFromDecimal(value);
  }

  /** A whole number, or the one given where there is none. */
  whole(name: string, otherwise?: bigint): bigint {
    const value = this.textOr(name);
    if (value === null && otherwise !== undefined) return otherwise;
    return /^-?\d+$/.test(value ?? '') ? BigInt(value ?? '') : this.refuse(name, 'is no whole number');
  }

  flag(name: string): boolean {
    return this.take(name) === true;
  }

  /** A day, or the day of an instant in a zone. */
  date(name: string, zone = 'UTC'): LocalDate {
    const text = this.text(name);
    return text.includes('T') ? localDateOf(instantFromIso(text), zone) : parseLocalDate(text);
  }

  list(name: string): Json[] {
    const value = this.take(name) ?? [];
    return Array.isArray(value) ? value : this.refuse(name, 'is no list');
  }

  decimals(name: string): Ratio[] {
    return this.list(name).map((value) => ratioFromDecimal(String(value)));
  }

  objects(name: string): Fields[] {
    return this.list(name).map((value, index) => fieldsOf(value, `${this.path}.${name}[${index}]`));
  }

  object(name: string): Fields {
    return fieldsOf(this.take(name), `${this.path}.${name}`);
  }

  /** Throws NotApplicable for a field that was not read. */
  finish(): void {
    const [name] = this.unread;
    if (name !== undefined) this.refuse(name, 'is not supported');
  }

  refuse(name: string, why: string): never {
    throw new NotApplicable(`${this.path}.${name} ${why}`.replaceAll(/\[\d+\]/g, '[]'));
  }
}

/** Reads an object; anything else reads as one without fields. */
export function fieldsOf(value: Json, path: string): Fields {
  return new Fields(value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}, path);
}
