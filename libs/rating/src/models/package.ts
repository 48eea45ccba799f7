import {
  ceilRatio,
  compareRatios,
  divideRatios,
  floorRatio,
  multiplyRatios,
  ratioFromDecimal,
  ratioOf,
  subtractRatios,
  zeroRatio,
} from '@ronghe/kernel';
import type { CompiledChargeModel } from './charge-model';

/** So much for every package of units. */
export interface PackageModel {
  kind: 'package';
  size: string;
  price: string;
  /** Units before the first package. */
  freeUnits: string;
  /** Whether a package that is begun is paid or free. */
  rounding: 'up' | 'down';
}

/** Compiles the model; `units` of its part are packages. Throws DomainError('invalid_ratio'), also for size 0. */
export function compilePackage(model: PackageModel): CompiledChargeModel {
  const perUnit = divideRatios(ratioOf(1n), ratioFromDecimal(model.size));
  const price = ratioFromDecimal(model.price);
  const free = ratioFromDecimal(model.freeUnits);
  const whole = model.rounding === 'up' ? ceilRatio : floorRatio;
  return {
    parts: ({ quantity }) => {
      const billable = subtractRatios(quantity, free);
      const packages =
        compareRatios(billable, zeroRatio) > 0
          ? ratioOf(whole(multiplyRatios(billable, perUnit)))
          : zeroRatio;
      return [{ tier: 1, units: packages, usage: multiplyRatios(packages, price), flat: zeroRatio }];
    },
  };
}
