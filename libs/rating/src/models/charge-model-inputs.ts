import type { ChargeModel } from '../charge-models';
import type { GraduatedModel } from './graduated';
import type { GraduatedPercentageModel } from './graduated-percentage';
import type { VolumeModel } from './volume';

type Inputs = Readonly<Record<string, string>>;

/** Models whose figures an explanation carries as operands. */
export type ExplainedModel = Exclude<ChargeModel, { kind: 'flat' | 'unit' | 'percentage' }>;

/** The figures of a model as named operands: `price1`, `upTo1`, … for its tiers. */
export function inputsOfModel(model: ExplainedModel): Record<string, string> {
  switch (model.kind) {
    case 'package':
      return { size: model.size, price: model.price, freeUnits: model.freeUnits, rounding: model.rounding };
    case 'dynamic':
      return { multiplier: model.multiplier };
    case 'graduated':
    case 'volume':
    case 'graduated-percentage':
      return Object.fromEntries(
        model.tiers.flatMap((tier, index) =>
          Object.entries(tier).flatMap(([name, value]) =>
            typeof value === 'string' ? [[`${name}${index + 1}`, value]] : [],
          ),
        ),
      );
  }
}

/** The model whose figures these are: the inverse of inputsOfModel. */
export function modelOfInputs(kind: ExplainedModel['kind'], inputs: Inputs): ExplainedModel {
  const at = (name: string): string => inputs[name] ?? '0';
  switch (kind) {
    case 'package': {
      const rounding = at('rounding') === 'down' ? 'down' : 'up';
      return { kind, size: at('size'), price: at('price'), freeUnits: at('freeUnits'), rounding };
    }
    case 'dynamic':
      return { kind, multiplier: at('multiplier') };
    case 'graduated':
      return { kind, tiers: tiersOf<GraduatedModel>(inputs, 'unitPrice', { capPrice: null }) };
    case 'volume':
      return { kind, tiers: tiersOf<VolumeModel>(inputs, 'unitPrice', {}) };
    case 'graduated-percentage':
      return { kind, tiers: tiersOf<GraduatedPercentageModel>(inputs, 'ratePercent', {}) };
  }
}

type Tiered = GraduatedModel | VolumeModel | GraduatedPercentageModel;

function tiersOf<M extends Tiered>(inputs: Inputs, always: string, more: object): M['tiers'] {
  const tiers: Record<string, string | null>[] = [];
  for (let number = 1; inputs[`${always}${number}`] !== undefined; number += 1) {
    const names = Object.keys(inputs).filter((name) => name.replace(/\d+$/, '') + String(number) === name);
    const figures = names.map((name) => [name.slice(0, -String(number).length), inputs[name] ?? '']);
    tiers.push({ upTo: null, ...more, ...(Object.fromEntries(figures) as Record<string, string>) });
  }
  return tiers as unknown as M['tiers'];
}
