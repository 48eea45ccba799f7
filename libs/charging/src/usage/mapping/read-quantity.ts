import type { UsageTypeMapping } from '@ronghe/contracts';
import { measureOf, type MeasuredUnit } from './delivered-unit';
import { DECIMALS_LIMIT } from './expression-value';
import { Unreadable } from './unreadable';

/** So that no charge leaves 64 bits; 10^12 KB are a thousand times what a network carries in a record. */
const digitsLimits: Record<MeasuredUnit, number> = { second: 9, kb: 12, message: 6, item: 6 };
const WHOLE = /^\d{1,18}$/;
const DECIMAL = /^(\d{1,18})(?:\.(\d{1,12}))?$/;

/** Of decimals, all that an expression gives. */
const ROUNDED_SCALE = 10n ** BigInt(DECIMALS_LIMIT);

/** Reads quantities of one type: in measured units, rounded up to a whole one. */
export interface QuantityReader {
  unit: MeasuredUnit;
  /** @throws Unreadable */
  read(text: string): bigint;
}

/**
 * A source that counts in what is measured, or in less, delivers whole numbers; one that counts in more (minutes, MB) may
 * deliver decimals.
 */
export function quantityReader({ quantity: column, unit }: UsageTypeMapping): QuantityReader {
  const { measured, numerator, denominator } = measureOf(unit);
  const digits = digitsLimits[measured];
  const largest = 10n ** BigInt(digits) - 1n;
  const readWhole = (text: string): bigint => {
    if (!WHOLE.test(text)) throw new Unreadable(`${column} is not a whole number of ${unit}s`);
    return BigInt(text);
  };
  const readDecimal = (text: string): [value: bigint, scale: bigint] => {
    const match = DECIMAL.exec(text);
    if (!match) throw new Unreadable(`${column} is not a number of ${unit}s`);
    const [, whole = '', fraction] = match;
    return fraction === undefined
      ? [BigInt(whole), 1n]
      : [BigInt(`${whole}${fraction.padEnd(DECIMALS_LIMIT, '0')}`), ROUNDED_SCALE];
  };
  const read = (text: string): bigint => {
    if (numerator === 1n && denominator === 1n) return readWhole(text);
    const [value, scale] = numerator > 1n ? readDecimal(text) : ([readWhole(text), 1n] as const);
    const divisor = denominator * scale;
    // An expression rounds the last of its decimals: 1 s is 0.000277777778 hours, and no more than 1 s.
    const rounded = scale === ROUNDED_SCALE ? numerator / 2n : 0n;
    return (value * numerator - rounded + divisor - 1n) / divisor;
  };
  return {
    unit: measured,
    read: (text) => {
      const quantity = read(text);
      if (quantity <= largest) return quantity;
      throw new Unreadable(`${column} has more than ${digits} digits in ${measured}`);
    },
  };
}
