import type { UsageRate, UsageRates } from '@ronghe/contracts';
import { multiplyRatios, ratioFromDecimal, ratioOf, type Ratio } from '@ronghe/kernel';
import { unitPriceOf } from './models/unit-price';

/** One step of a rate: from an offset into the event on, in measured units. */
export interface CompiledRateStep {
  from: bigint;
  /** For one measured unit. */
  price: Ratio;
  increment: bigint;
  document: UsageRate['steps'][number];
}

/** The rate that holds for a zone and a band. */
export interface CompiledRate {
  zone: string;
  band: string;
  /** By rising `from`. */
  steps: readonly CompiledRateStep[];
  /** Cell of each step: `zone/band/step`. */
  cells: readonly string[];
  /** Once per event that begins at this rate. */
  connectFee: Ratio | null;
  connectFeeText: string | null;
  maximumPerEvent: Ratio | null;
  document: UsageRate;
}

/** Rates made ready. */
export interface CompiledRates {
  readonly document: UsageRates;
  /** Some rate has a maximum for an event. */
  readonly hasEventMaximum: boolean;
  /** Some step is counted in more than single measured units. */
  readonly hasIncrements: boolean;
  /** The first rate that fits a zone and a band; null: none. */
  rateOf(zone: string, band: string): CompiledRate | null;
}

/**
 * Makes rates ready.
 * @param measuredPerUnit how many measured units the price's unit has: prices are per unit, steps in measured units
 * @param connectFee the price's own, for rates that have none
 * @throws DomainError('invalid_ratio')
 */
export function compileRates(
  document: UsageRates,
  measuredPerUnit: bigint,
  connectFee: string | null,
): CompiledRates {
  const known = new Map<string, Map<string, CompiledRate | null>>();
  const compiled = document.rates.map((rate) => compileRate(rate, measuredPerUnit, connectFee));
  return {
    document,
    hasIncrements: compiled.some(({ steps }) => steps.some(({ increment }) => increment > 1n)),
    hasEventMaximum: document.rates.some((rate) => rate.maximumPerEvent !== null),
    rateOf: (zone, band) => {
      let byBand = known.get(zone);
      if (!byBand) known.set(zone, (byBand = new Map<string, CompiledRate | null>()));
      let rate = byBand.get(band);
      if (rate === undefined) {
        const fit = compiled.find(({ document: each }) => fits(each.zone, zone) && fits(each.band, band));
        rate = fit
          ? { ...fit, zone, band, cells: fit.steps.map((_, step) => `${zone}/${band}/${step}`) }
          : null;
        byBand.set(band, rate);
      }
      return rate;
    },
  };
}

function fits(wanted: string | null, actual: string): boolean {
  return wanted === null || wanted === actual;
}

function compileRate(rate: UsageRate, measuredPerUnit: bigint, connectFee: string | null): CompiledRate {
  const connectFeeText = rate.connectFee ?? connectFee;
  return {
    zone: '',
    band: '',
    steps: rate.steps
      .map((step) => ({
        from: BigInt(step.from),
        price: multiplyRatios(unitPriceOf(step.price), ratioOf(1n, measuredPerUnit)),
        increment: BigInt(step.increment),
        document: step,
      }))
      .sort((a, b) => (a.from < b.from ? -1 : 1)),
    cells: [],
    connectFee: connectFeeText === null ? null : ratioFromDecimal(connectFeeText),
    connectFeeText,
    maximumPerEvent: rate.maximumPerEvent === null ? null : ratioFromDecimal(rate.maximumPerEvent),
    document: rate,
  };
}
