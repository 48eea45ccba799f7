import { compareRatios, ratioFromDecimal, ratioOf, roundRatio, type Ratio } from '@ronghe/kernel';
import type { Fields, Json } from './fields';
import { failed, NotApplicable, passed, type Outcome } from './outcome';

/** What the engine worked out, in the shape of a vector's `expected`. */
export type Figure = Ratio | string | number | boolean | null | Figure[] | { [name: string]: Figure };

/** Decimals of an Amount; published figures with more are repeating decimals that somebody cut. docs/semantics.md. */
const AMOUNT_DECIMALS = 6;

/**
 * Compares every expected field with ours. A difference fails; an expected field that we did not work out makes the
 * vector not applicable.
 */
export function compare(ours: { [name: string]: Figure }, expected: Json): Outcome {
  if (!isRecord(expected) || Object.keys(expected).length === 0) {
    throw new NotApplicable('nothing is expected');
  }
  const found = { differences: [] as string[], missing: [] as string[] };
  compareAt('expected', ours, expected, found);
  if (found.differences.length > 0) return failed(found.differences.join('; '));
  if (found.missing.length > 0) throw new NotApplicable(`${found.missing.join(', ')} is not worked out`);
  return passed;
}

/** The same for an exact figure between the bounds that `amountBetween` gives, and the other fields. */
export function compareWithin(exact: Ratio, ours: { [name: string]: Figure }, expected: Fields): Outcome {
  const { amountBetween, amountExact: _, ...rest } = expected.all();
  const [low, high] = Array.isArray(amountBetween)
    ? amountBetween.map((bound) => ratioFromDecimal(String(bound)))
    : [];
  if (!low || !high) throw new NotApplicable('expected.amountBetween has no two bounds');
  if (compareRatios(exact, low) < 0 || compareRatios(exact, high) > 0) {
    return failed(`expected.amountBetween does not hold ours ${show(exact)}`);
  }
  return Object.keys(rest).length === 0 ? passed : compare(ours, rest);
}

function compareAt(
  path: string,
  ours: Figure | undefined,
  expected: Json,
  found: { differences: string[]; missing: string[] },
): void {
  if (ours === undefined) {
    found.missing.push(path);
  } else if (isRatio(ours)) {
    if (!isSame(ours, String(expected)))
      found.differences.push(`${path} ${String(expected)}, ours ${show(ours)}`);
  } else if (Array.isArray(expected) && Array.isArray(ours)) {
    if (expected.length !== ours.length)
      found.differences.push(`${path} has ${expected.length}, ours ${ours.length}`);
    else expected.forEach((value, index) => compareAt(`${path}[${index}]`, ours[index], value, found));
  } else if (isRecord(expected) && isRecord(ours)) {
    for (const [name, value] of Object.entries(expected)) {
      compareAt(`${path}.${name}`, ours[name], value, found);
    }
  } else if (ours !== expected && String(ours) !== String(expected)) {
    found.differences.push(`${path} ${JSON.stringify(expected)}, ours ${show(ours)}`);
  }
}

/** Whether a decimal names the figure: exactly, or cut at or beyond the decimals of an Amount, as close as those. */
export function isSame(ours: Ratio, text: string): boolean {
  const expected = ratioFromText(text);
  if (compareRatios(ours, expected) === 0) return true;
  const decimals = text.split('.')[1]?.length ?? 0;
  if (decimals < AMOUNT_DECIMALS) return false;
  const rounded = (value: Ratio) => roundRatio(value, AMOUNT_DECIMALS);
  return compareRatios(rounded(ours), rounded(expected)) === 0;
}

/** A decimal, or a fraction such as 14/90. */
function ratioFromText(text: string): Ratio {
  const [numerator = '', denominator] = text.split('/');
  return denominator === undefined ? ratioFromDecimal(text) : ratioOf(BigInt(numerator), BigInt(denominator));
}

export function isRatio(value: unknown): value is Ratio {
  return typeof value === 'object' && value !== null && 'numerator' in value;
}

function isRecord<T>(value: T | T[] | null): value is T & Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(figure: Figure): string {
  if (!isRatio(figure))
    return JSON.stringify(figure, (_, value: unknown) => (isRatio(value) ? show(value) : value));
  const { numerator, denominator } = figure;
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}
