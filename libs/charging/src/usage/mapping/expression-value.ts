import { ratioFromDecimal, ratioOf, roundRatio, isDomainError, type Ratio } from '@ronghe/kernel';
import { Unreadable } from './unreadable';

/** What an expression comes to: text, an exact number, or a condition. */
export type Value = string | Ratio | boolean;

/** Decimals of a number that has no end, 1/3 for example. */
export const DECIMALS_LIMIT = 12;
/** Longest text and largest number that an expression may come to. */
const TEXT_LIMIT = 4096;
const NUMBER_LIMIT = 10n ** 40n;

/** As text; numbers with as many decimals as they need, twelve at most; conditions as `true` and `false`. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value.denominator === 1n) return value.numerator.toString();
  const { numerator, denominator } = roundRatio(value, DECIMALS_LIMIT);
  const scaled = (numerator * 10n ** BigInt(DECIMALS_LIMIT)) / denominator;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(DECIMALS_LIMIT + 1, '0');
  const decimals = digits.slice(-DECIMALS_LIMIT).replace(/0+$/, '');
  const whole = `${scaled < 0n ? '-' : ''}${digits.slice(0, -DECIMALS_LIMIT)}`;
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

/** As a number. @throws Unreadable */
export function numberOf(value: Value): Ratio {
  if (typeof value === 'object') return value;
  try {
    return ratioFromDecimal(textOf(value).trim());
  } catch (error) {
    if (!isDomainError(error)) throw error;
    throw new Unreadable(`${textOf(value).slice(0, 40)} is not a number`);
  }
}

/** As a whole number that fits a position or a length. @throws Unreadable */
export function countOf(value: Value): number {
  const { numerator, denominator } = numberOf(value);
  if (denominator !== 1n || numerator < 0n || numerator > BigInt(TEXT_LIMIT))
    throw new Unreadable(`${textOf(value)} is not a position or a length`);
  return Number(numerator);
}

/** As a condition: `true`, and nothing else as text. */
export function conditionOf(value: Value): boolean {
  return value === true || value === 'true';
}

/** Text within bounds. @throws Unreadable */
export function boundedText(text: string): string {
  if (text.length > TEXT_LIMIT) throw new Unreadable(`a text is longer than ${TEXT_LIMIT} characters`);
  return text;
}

/** A number within bounds. @throws Unreadable */
export function boundedNumber(value: Ratio): Ratio {
  if (value.numerator < NUMBER_LIMIT && value.numerator > -NUMBER_LIMIT && value.denominator < NUMBER_LIMIT)
    return value;
  throw new Unreadable('a number has too many digits');
}

/** n as a number. */
export function wholeRatio(n: bigint): Ratio {
  return ratioOf(n);
}
