import {
  allocate,
  multiplyRatios,
  ratioFromPercent,
  ratioOf,
  roundRatio,
  sumRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';

/** A line to be taxed on top of its net. */
export interface NetLine {
  net: Ratio;
  /** `9`, `0.5`. */
  percent: string;
}

/** Decimals of the weights by which a tax is shared out: finer than any share. */
const WEIGHT_DECIMALS = 12;

/**
 * The tax on lines whose prices do not include it, in their order: rounded once per rate over all its lines, and
 * shared out by largest remainder, so that Σ lines = Σ rates. SEMANTICS §8, which asks the same of included tax
 * (`computeTaxes`). Throws DomainError('invalid_ratio').
 * @param decimals of the currency's minor unit
 */
export function taxPerRate(lines: readonly NetLine[], decimals: number): Ratio[] {
  const scale = 10n ** BigInt(decimals);
  const taxes = lines.map(() => zeroRatio);
  for (const percent of new Set(lines.map((line) => line.percent))) {
    const indexes = lines.flatMap((line, index) => (line.percent === percent ? [index] : []));
    const nets = indexes.map((index) => lines[index]?.net ?? zeroRatio);
    const tax = multiplyRatios(sumRatios(nets), ratioFromPercent(percent));
    const shares = allocate(
      wholeOf(roundRatio(tax, decimals), scale),
      nets.map((net) => wholeOf(roundRatio(net, WEIGHT_DECIMALS), 10n ** BigInt(WEIGHT_DECIMALS))),
    );
    shares.forEach((share, position) => {
      taxes[indexes[position] ?? -1] = ratioOf(share, scale);
    });
  }
  return taxes;
}

function wholeOf(value: Ratio, scale: bigint): bigint {
  return (value.numerator * scale) / value.denominator;
}
