import { amountFromMicro, type Ratio } from '@ronghe/kernel';
import type { Counter, Counters } from '@ronghe/rating';

/** `[units, events]`, and where the price needs them `[units, events, amount, price, spent]`; numbers as text. */
export type CounterJson = [
  units: string,
  events: string,
  amount?: string | null,
  price?: string | null,
  spent?: string | null,
];

/** A counter for a jsonb column. */
export function counterToJson({ units, events, amount, price, spent }: Counter): CounterJson {
  const counted: [string, string] = [units.toString(), events.toString()];
  if (amount === undefined && price === undefined && spent === undefined) return counted;
  const exact = price && `${price.numerator}/${price.denominator}`;
  return [...counted, amount?.toString() ?? null, exact ?? null, spent?.toString() ?? null];
}

/** The inverse of counterToJson. */
export function counterFromJson([units, events, amount, price, spent]: CounterJson): Counter {
  const counter: Counter = { units: BigInt(units), events: BigInt(events) };
  if (typeof amount === 'string') counter.amount = amountFromMicro(BigInt(amount));
  if (typeof price === 'string') counter.price = ratioFromText(price);
  if (typeof spent === 'string') counter.spent = amountFromMicro(BigInt(spent));
  return counter;
}

/** Counters by key, as JSON. */
export function countersToJson(counters: Counters): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(counters).map(([key, counter]) => [key, counterToJson(counter)])),
  );
}

/** The inverse of countersToJson, of what was parsed. */
export function countersFromJson(stored: Readonly<Record<string, CounterJson>>): Record<string, Counter> {
  return Object.fromEntries(Object.entries(stored).map(([key, counter]) => [key, counterFromJson(counter)]));
}

/** What is held of counters, for a column of text; null: nothing. */
export function holdsToText(holds: Counters | undefined): string | null {
  if (holds === undefined || Object.keys(holds).length === 0) return null;
  return countersToJson(holds);
}

/** The inverse of holdsToText. */
export function holdsFromText(text: string | null): Counters | undefined {
  return text === null ? undefined : countersFromJson(JSON.parse(text) as Record<string, CounterJson>);
}

function ratioFromText(text: string): Ratio {
  const [numerator = '0', denominator = '1'] = text.split('/');
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}
