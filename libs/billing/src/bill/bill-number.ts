/** The series that a bill of this period belongs to. */
export function numberSeries(format: string, period: string): string {
  return format.replaceAll('{period}', period.replace('-', ''));
}

/** The number at a place in the series, from 1: zero-padded, longer when it has to be. */
export function billNumberAt(series: string, sequence: bigint): string {
  return series.replace(/\{sequence(?::(\d+))?\}/, (_whole, width: string | undefined) =>
    sequence.toString().padStart(Number(width ?? 1), '0'),
  );
}
