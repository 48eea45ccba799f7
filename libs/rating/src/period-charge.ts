import {
  addRatios,
  compareRatios,
  maxRatio,
  minRatio,
  multiplyRatios,
  ratioFromDecimal,
  ratioFromPercent,
  subtractRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';
import { compileChargeModel, type ChargeModel } from './charge-models';
import { totalOf, type ChargePart, type MeasuredUsage } from './models/charge-model';

/** What holds for a price over a whole period, beside its model. Decimal strings; null: none. */
export interface PeriodLimits {
  discountPercent: string | null;
  maximumSpend: string | null;
  minimumSpend: string | null;
}

/** A period that is charged in several runs. */
export interface PeriodProgress {
  /** All usage of the period, up to and with this run. */
  usage: MeasuredUsage;
  /** What earlier runs have rated; null for the first run. */
  ratedBefore: MeasuredUsage | null;
  /** What they have billed for it, after discounts. */
  billedBefore: Ratio;
  /** The minimum is topped up in the last run only. */
  isLast: boolean;
}

/** What one run adds. All exact. */
export interface PeriodCharge {
  parts: ChargePart[];
  gross: Ratio;
  percentageDiscount: Ratio;
  /** What the maximum leaves out. */
  maximumSpendDiscount: Ratio;
  minimumSpendTopUp: Ratio;
  /** gross − discounts + top-up. */
  amount: Ratio;
}

export const noLimits: PeriodLimits = { discountPercent: null, maximumSpend: null, minimumSpend: null };

/**
 * What a run adds to a period's charge: price(all) − price(before), then in this order the percentage discount, the
 * maximum, the minimum, both over the period and not the run. SEMANTICS §3 and §6.
 * Throws what compileChargeModel throws.
 */
export function chargePeriod(
  model: ChargeModel,
  limits: PeriodLimits,
  progress: PeriodProgress,
): PeriodCharge {
  const compiled = compileChargeModel(model);
  const parts = compiled.parts(progress.usage);
  const before = progress.ratedBefore === null ? [] : compiled.parts(progress.ratedBefore);
  const gross = subtractRatios(totalOf(parts), totalOf(before));
  const percentageDiscount =
    limits.discountPercent === null
      ? zeroRatio
      : multiplyRatios(gross, ratioFromPercent(limits.discountPercent));
  const discounted = subtractRatios(gross, percentageDiscount);
  const { maximumSpendDiscount, minimumSpendTopUp } = withinSpend(discounted, limits, progress);
  return {
    parts: less(parts, before),
    gross,
    percentageDiscount,
    maximumSpendDiscount,
    minimumSpendTopUp,
    amount: addRatios(subtractRatios(discounted, maximumSpendDiscount), minimumSpendTopUp),
  };
}

function withinSpend(amount: Ratio, limits: PeriodLimits, { billedBefore, isLast }: PeriodProgress) {
  const period = addRatios(billedBefore, amount);
  const excess =
    limits.maximumSpend === null ? zeroRatio : subtractRatios(period, ratioFromDecimal(limits.maximumSpend));
  // What earlier runs billed beyond the maximum is not paid back: a run takes off no more than it adds.
  const maximumSpendDiscount = minRatio(maxRatio(excess, zeroRatio), maxRatio(amount, zeroRatio));
  const missing =
    limits.minimumSpend === null || !isLast
      ? zeroRatio
      : subtractRatios(ratioFromDecimal(limits.minimumSpend), subtractRatios(period, maximumSpendDiscount));
  return { maximumSpendDiscount, minimumSpendTopUp: maxRatio(missing, zeroRatio) };
}

/** What each tier has now and had not before. */
function less(parts: readonly ChargePart[], before: readonly ChargePart[]): ChargePart[] {
  return parts
    .map((part) => {
      const earlier = before.find(({ tier }) => tier === part.tier);
      if (!earlier) return part;
      return {
        tier: part.tier,
        units: subtractRatios(part.units, earlier.units),
        usage: subtractRatios(part.usage, earlier.usage),
        flat: subtractRatios(part.flat, earlier.flat),
      };
    })
    .filter(({ units, usage, flat }) =>
      [units, usage, flat].some((figure) => compareRatios(figure, zeroRatio) !== 0),
    );
}
