import { assertNever, multiplyRatios, ratioFromDecimal, zeroRatio } from '@ronghe/kernel';
import type { CompiledChargeModel } from './models/charge-model';
import { compileDynamic, type DynamicModel } from './models/dynamic';
import { compileGraduated, type GraduatedModel } from './models/graduated';
import { compileGraduatedPercentage, type GraduatedPercentageModel } from './models/graduated-percentage';
import { compilePackage, type PackageModel } from './models/package';
import { compilePercentage, type PercentageModel } from './models/percentage';
import { compileVolume, type VolumeModel } from './models/volume';

/** The same for the period, whatever was used. */
export interface PeriodFlatModel {
  kind: 'flat';
  amount: string;
}

/** Linear. */
export interface UnitModel {
  kind: 'unit';
  unitPrice: string;
}

/** How a period's usage is charged: every model there is, as plain data with decimal strings. SEMANTICS §3. */
export type ChargeModel =
  | PeriodFlatModel
  | UnitModel
  | PackageModel
  | GraduatedModel
  | VolumeModel
  | PercentageModel
  | GraduatedPercentageModel
  | DynamicModel;

/** Makes a model ready. Throws DomainError('tiers_invalid' | 'invalid_ratio') for a model that is none. */
export function compileChargeModel(model: ChargeModel): CompiledChargeModel {
  switch (model.kind) {
    case 'flat':
      return compilePeriodFlat(model);
    case 'unit':
      return compileUnit(model);
    case 'package':
      return compilePackage(model);
    case 'graduated':
      return compileGraduated(model);
    case 'volume':
      return compileVolume(model);
    case 'percentage':
      return compilePercentage(model);
    case 'graduated-percentage':
      return compileGraduatedPercentage(model);
    case 'dynamic':
      return compileDynamic(model);
    default:
      return assertNever(model);
  }
}

function compilePeriodFlat({ amount }: PeriodFlatModel): CompiledChargeModel {
  const flat = ratioFromDecimal(amount);
  return { parts: ({ quantity }) => [{ tier: 1, units: quantity, usage: zeroRatio, flat }] };
}

function compileUnit({ unitPrice }: UnitModel): CompiledChargeModel {
  const price = ratioFromDecimal(unitPrice);
  return {
    parts: ({ quantity }) => [
      { tier: 1, units: quantity, usage: multiplyRatios(quantity, price), flat: zeroRatio },
    ],
  };
}
