import type { UsagePriceModel } from '@ronghe/contracts';
import { assertNever, multiplyRatios, ratioOf, zeroRatio, type Amount, type Ratio } from '@ronghe/kernel';
import { compileChargeModel } from '../charge-models';
import { totalOf } from './charge-model';
import { inputsOfModel, type ExplainedModel } from './charge-model-inputs';
import type { CompiledModel } from './compiled-model';
import { percentageStep } from './percentage';

/** Models of documents that the models of this folder price by the total of a period. */
export type DocumentModel = Extract<
  UsagePriceModel,
  { kind: 'package' | 'graduated' | 'volume' | 'graduated-percentage' | 'dynamic' }
>;

const MICRO = 1_000_000n;

/** The model of a document as the charge model that prices it. */
export function chargeModelOfDocument(model: DocumentModel): ExplainedModel {
  switch (model.kind) {
    case 'package':
      return { ...model, freeUnits: '0' };
    case 'graduated':
      return {
        kind: 'graduated',
        tiers: model.tiers.map(({ upTo, price, flat, maximum }) => ({
          upTo,
          unitPrice: price.amount,
          per: price.per,
          flatPrice: flat,
          capPrice: maximum,
        })),
      };
    case 'volume':
      return {
        kind: 'volume',
        tiers: model.tiers.map(({ upTo, price, flat }) => ({
          upTo,
          unitPrice: price.amount,
          per: price.per,
          flatPrice: flat,
        })),
      };
    case 'graduated-percentage':
      return {
        kind: 'graduated-percentage',
        tiers: model.tiers.map(({ upTo, percent, flat }) => ({
          upTo,
          ratePercent: percent,
          flatPrice: flat,
        })),
      };
    case 'dynamic':
      return model;
    default:
      return assertNever(model);
  }
}

/** Compiles it; nothing costs anything before the first event. Throws what compileChargeModel throws. */
export function compileDocumentModel(document: DocumentModel): CompiledModel {
  const model = chargeModelOfDocument(document);
  const compiled = compileChargeModel(model);
  const pricesAmounts = model.kind === 'graduated-percentage' || model.kind === 'dynamic';
  return {
    total: ({ units, events, amount = 0n as Amount }) => {
      if (events === 0n) return zeroRatio;
      const quantity = pricesAmounts ? ratioOfAmount(amount) : ratioOf(units);
      return totalOf(compiled.parts({ quantity, preratedAmount: quantity }));
    },
    pricesAmounts,
    explain: (measure) => ({ op: model.kind, inputs: { measure, ...inputsOfModel(model) } }),
  };
}

/** Compiles a share of each event's amount; free events and the free amount are used up in order. */
export function compilePercentageOfEvents(
  model: Extract<UsagePriceModel, { kind: 'percentage' }>,
): CompiledModel {
  const step = percentageStep({
    kind: 'percentage',
    ratePercent: model.percent,
    fixedPerTransaction: model.fixedPerEvent,
    // No free events is no limit on what the free amount covers.
    freeTransactions: model.freeEvents === '0' ? null : Number(model.freeEvents),
    freeAmount: model.freeAmount,
    minPerTransaction: model.minimumPerEvent,
    maxPerTransaction: model.maximumPerEvent,
  });
  return {
    total: () => zeroRatio,
    eventPrice: (before, amount) =>
      step(before.events, ratioOfAmount(before.amount ?? (0n as Amount)), ratioOfAmount(amount)).price,
    pricesAmounts: true,
    explain: () => null,
  };
}

/** An amount in currency. */
export function ratioOfAmount(amount: Amount): Ratio {
  return multiplyRatios(ratioOf(amount), { numerator: 1n, denominator: MICRO });
}
