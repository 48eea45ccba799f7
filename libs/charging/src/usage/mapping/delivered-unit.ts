import type { DeliveredUnit } from '@ronghe/contracts';

/** In what a usage record measures; prices and allowances count in their own units. */
export type MeasuredUnit = 'second' | 'kb' | 'message' | 'item';

/** One delivered unit is `per` measured ones, as a fraction. 1 KB = 1024 octets (SEMANTICS §1). */
interface Measure {
  measured: MeasuredUnit;
  numerator: bigint;
  denominator: bigint;
}

const measures: Record<DeliveredUnit, Measure> = {
  millisecond: { measured: 'second', numerator: 1n, denominator: 1000n },
  second: { measured: 'second', numerator: 1n, denominator: 1n },
  minute: { measured: 'second', numerator: 60n, denominator: 1n },
  hour: { measured: 'second', numerator: 3600n, denominator: 1n },
  octet: { measured: 'kb', numerator: 1n, denominator: 1024n },
  kb: { measured: 'kb', numerator: 1n, denominator: 1n },
  mb: { measured: 'kb', numerator: 1024n, denominator: 1n },
  gb: { measured: 'kb', numerator: 1_048_576n, denominator: 1n },
  message: { measured: 'message', numerator: 1n, denominator: 1n },
  item: { measured: 'item', numerator: 1n, denominator: 1n },
};

/** What a delivered unit becomes, and how many of it one is. */
export function measureOf(unit: DeliveredUnit): Measure {
  return measures[unit];
}

/** The fraction by which units of one dimension convert; undefined between time and volume. */
export function conversion(from: string, to: string): { numerator: bigint; denominator: bigint } | undefined {
  if (!isUnit(from) || !isUnit(to) || measures[from].measured !== measures[to].measured) return undefined;
  const [a, b] = [measures[from], measures[to]];
  return { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };
}

function isUnit(name: string): name is DeliveredUnit {
  return Object.hasOwn(measures, name);
}
