import { DomainError } from './domain-error';

/** Longest decimal text that is read; keeps BigInt parsing of foreign input cheap. */
export const DECIMAL_TEXT_LIMIT = 40;

/** What fits a PostgreSQL bigint, in which amounts and money are stored. */
const STORED_MAXIMUM = 2n ** 63n - 1n;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The exact value of a decimal text: `unscaled × 10^-scale`. */
export interface DecimalParts {
  unscaled: bigint;
  scale: number;
}

/** Reads `-12.340` exactly; undefined when the text is not a plain decimal (no sign `+`, exponent or blanks). */
export function decimalParts(text: string): DecimalParts | undefined {
  if (text.length > DECIMAL_TEXT_LIMIT) return undefined;
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const magnitude = BigInt(`${match[2] ?? ''}${fraction}`);
  return { unscaled: match[1] ? -magnitude : magnitude, scale: fraction.length };
}

const POWERS: readonly bigint[] = Array.from({ length: 20 }, (_, exponent) => 10n ** BigInt(exponent));

function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

/**
 * The integer number of 10^-scale units that a decimal text names.
 * @throws DomainError(code, 'invalid') when it is no decimal, needs more decimals than `scale`, or exceeds 64 bits.
 */
export function parseScaled(text: string, scale: number, code: string): bigint {
  const parts = decimalParts(text);
  if (!parts) throw new DomainError(code, 'invalid', 'not a decimal number', { text: text.slice(0, 60) });
  const surplus = parts.scale - scale;
  const divisor = powerOfTen(Math.abs(surplus));
  if (surplus > 0 && parts.unscaled % divisor !== 0n) {
    throw new DomainError(code, 'invalid', `more than ${scale} decimals`, { text });
  }
  const value = surplus > 0 ? parts.unscaled / divisor : parts.unscaled * divisor;
  if (value > STORED_MAXIMUM || value < -STORED_MAXIMUM) {
    throw new DomainError(code, 'invalid', 'too large to be stored', { text });
  }
  return value;
}

/** Writes `value × 10^-scale` with as few decimals as are exact, but at least `minimumDecimals`. */
export function formatScaled(value: bigint, scale: number, minimumDecimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits
    .slice(digits.length - scale)
    .replace(/0+$/, '')
    .padEnd(minimumDecimals, '0');
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
