import type { UnitPrice, UsagePrice, UsagePriceModel, UsageRate } from '@ronghe/contracts';
import { assertNever } from '@ronghe/kernel';
import type { OfferingPriceTier, OfferingRate, OfferingUsagePrice } from './generated/graphql';
import { enumName, textView } from './graphql-words';

/** A usage price in the shape of GraphQL's OfferingUsagePrice: one price, tiers, a share or rates, by its kind. */
export function usagePriceView(price: UsagePrice): OfferingUsagePrice {
  const { model, roundEvent } = price;
  const step = model.kind === 'repeating-step' ? model : null;
  const single = unitPriceOf(model);
  return {
    code: price.code,
    usageClass: enumName(price.usageClass),
    chargeClass: price.chargeClass,
    label: textView(price.label),
    taxClass: price.taxClass,
    unit: enumName(price.unit),
    kind: enumName(model.kind),
    amount: model.kind === 'flat' ? model.amount : (single?.amount ?? null),
    per: single?.per ?? null,
    blockUnits: step?.blockUnits ?? null,
    blockMaximum: step?.blockMaximum ?? null,
    connectFee: price.connectFee,
    counter: enumName(price.counter),
    cap: price.cap?.amount ?? null,
    increment: price.increment,
    freeUnits: price.freeUnits ?? null,
    minimumSpend: price.minimumSpend ?? null,
    maximumSpend: price.maximumSpend ?? null,
    eventRounding: roundEvent ? { decimals: roundEvent.decimals, mode: enumName(roundEvent.mode) } : null,
    inForceFrom: price.inForce?.from ?? null,
    inForceTo: price.inForce?.to ?? null,
    chargesBegunPackage: model.kind === 'package' ? model.rounding === 'up' : null,
    tiers: tiersOf(model),
    share: shareOf(model),
    multiplier: model.kind === 'dynamic' ? model.multiplier : null,
    zonePlan: model.kind === 'rates' ? model.rates.zonePlan : null,
    calendar: model.kind === 'rates' ? model.rates.calendar : null,
    rates: model.kind === 'rates' ? model.rates.rates.map(rateView) : [],
  };
}

/** The one price of a model that has one for so many units; null for others. */
export function unitPriceOf(model: UsagePriceModel): UnitPrice | null {
  if (model.kind === 'package') return { amount: model.price, per: model.size };
  return model.kind === 'per-unit' || model.kind === 'repeating-step' ? model.price : null;
}

/** The tiers of a model; none where it has none. */
export function tiersOf(model: UsagePriceModel): OfferingPriceTier[] {
  switch (model.kind) {
    case 'graduated':
      return model.tiers.map(({ upTo, price, flat, maximum }) => ({
        upTo,
        ...price,
        percent: null,
        flat,
        maximum,
      }));
    case 'volume':
      return model.tiers.map(({ upTo, price, flat }) => ({
        upTo,
        ...price,
        percent: null,
        flat,
        maximum: null,
      }));
    case 'graduated-percentage':
      return model.tiers.map(({ upTo, percent, flat }) => ({
        upTo,
        amount: null,
        per: null,
        percent,
        flat,
        maximum: null,
      }));
    case 'flat':
    case 'per-unit':
    case 'repeating-step':
    case 'package':
    case 'percentage':
    case 'dynamic':
    case 'rates':
      return [];
    default:
      return assertNever(model);
  }
}

function shareOf(model: UsagePriceModel): OfferingUsagePrice['share'] {
  if (model.kind !== 'percentage') return null;
  const { percent, fixedPerEvent, minimumPerEvent, maximumPerEvent, freeEvents, freeAmount } = model;
  return { percent, fixedPerEvent, minimumPerEvent, maximumPerEvent, freeEvents, freeAmount };
}

function rateView({ zone, band, steps, connectFee, maximumPerEvent }: UsageRate): OfferingRate {
  return {
    zone,
    band,
    steps: steps.map(({ from, price, increment }) => ({ from, ...price, increment })),
    connectFee,
    maximumPerEvent,
  };
}
