/** Where the number within the series stands, and how wide it is at least: `{sequence:8}`. */
const SEQUENCE = /\{sequence(?::\d+)?\}/;

/** The series that a bill of this period belongs to. */
export function numberSeries(format: string, period: string): string {
  return format.replaceAll('{period}', period.replace('-', ''));
}

/** The place of a number in a series; null where it is none of the series. */
export function sequenceIn(series: string, number: string): bigint | null {
  const [before = '', after = ''] = series.split(SEQUENCE);
  const digits = number.slice(before.length, number.length - after.length);
  if (!/^\d{1,18}$/.test(digits)) return null;
  return billNumberAt(series, BigInt(digits)) === number ? BigInt(digits) : null;
}

/** The number at a place in the series, from 1: zero-padded, longer when it has to be. */
export function billNumberAt(series: string, sequence: bigint): string {
  return series.replace(/\{sequence(?::(\d+))?\}/, (_whole, width: string | undefined) =>
    sequence.toString().padStart(Number(width ?? 1), '0'),
  );
}
