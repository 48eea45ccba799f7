import { addRatios, sumRatios, type Ratio } from '@ronghe/kernel';

/** What a period's usage of one price came to, exact. Quantities may be decimals (0.05 GB). */
export interface MeasuredUsage {
  quantity: Ratio;
  /** Volume only: what decides the tier where that is more than what is charged; else the quantity does. */
  tierQuantity?: Ratio;
  /** Percentage only: the amounts that a share is taken of, in order. */
  transactions?: readonly Ratio[];
  /** Dynamic only: what somebody else has rated the usage at. */
  preratedAmount?: Ratio;
}

/** One line of a charge. `usage` is for the units, `flat` for having entered the tier. */
export interface ChargePart {
  /** 1 for the first. Models without tiers have only the first. */
  tier: number;
  units: Ratio;
  usage: Ratio;
  flat: Ratio;
}

/** A price model made ready: the price of all usage of a period, in parts. One per file in this folder. */
export interface CompiledChargeModel {
  parts(usage: MeasuredUsage): ChargePart[];
}

/** Σ of the parts: the exact price. */
export function totalOf(parts: readonly ChargePart[]): Ratio {
  return sumRatios(parts.map(({ usage, flat }) => addRatios(usage, flat)));
}
