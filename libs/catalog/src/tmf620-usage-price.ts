import type { UnitPrice, UsagePrice, UsagePriceModel } from '@ronghe/contracts';
import { tiersOf, unitPriceOf } from './usage-price-view';

/** A decimal that the wire shows as a JSON number; the edge decides how. */
export type NumberOf = (decimalText: string) => unknown;

export const CURRENCY = 'CNY';

/** A part of a price that is a ProductOfferingPrice of its own: a tier, or a step of a rate. */
interface PricePart {
  name: string;
  price: UnitPrice | null;
  percent: string | null;
  /** What the part holds for, and what else it costs, by name. */
  facts: Facts;
}

/** Facts by name; those without a value are left out. */
type Facts = Record<string, string | null | undefined>;

/**
 * TMF620 ProductOfferingPrices of a usage price. One with tiers or rates is a bundle of prices, each part a
 * ProductOfferingPrice that says in `prodSpecCharValueUse` for which zone, band or units it holds.
 * @param id of the whole price within its offering; a part's ends with its number
 * @param refOf how another ProductOfferingPrice is referred to
 */
export function usageOfferingPrices(
  price: UsagePrice,
  numberOf: NumberOf,
  id: string,
  refOf: (id: string) => { id: string; href: string },
) {
  const { model } = price;
  const parts = partsOf(model).map((part, index) => ({ ...part, id: `${id}.${index + 1}` }));
  const single = model.kind === 'flat' ? { amount: model.amount, per: '1' } : unitPriceOf(model);
  const whole = {
    ...headOf(price, price.label.en),
    ...(single ? pricing(single, price.unit, numberOf) : {}),
    ...(model.kind === 'percentage' ? { percentage: numberOf(model.percent) } : {}),
    isBundle: parts.length > 0,
    pricingLogicAlgorithm: [{ id: model.kind, name: model.kind, description: algorithmText[model.kind] }],
    prodSpecCharValueUse: valueUses(factsOf(price)),
    bundledPopRelationship: parts.map((part) => ({ ...refOf(part.id), name: part.name })),
  };
  return [
    { id, body: whole },
    ...parts.map((part) => ({
      id: part.id,
      body: {
        ...headOf(price, `${price.label.en}: ${part.name}`),
        ...(part.price ? pricing(part.price, price.unit, numberOf) : {}),
        ...(part.percent === null ? {} : { percentage: numberOf(part.percent) }),
        prodSpecCharValueUse: valueUses(part.facts),
      },
    })),
  ];
}

const algorithmText: Record<UsagePriceModel['kind'], string> = {
  flat: 'the same for every event',
  'per-unit': 'linear',
  'repeating-step': 'linear up to blockMaximum in each blockUnits, then free until the block is full',
  package: 'whole packages',
  graduated: 'each unit by the tier that it falls into',
  volume: 'all units by the tier that their total falls into',
  percentage: "a share of each event's own amount",
  'graduated-percentage': "shares of the period's amounts, by tier",
  dynamic: 'what the event was priced at by somebody else, times multiplier',
  rates: 'by zone, band and how long the event has lasted; the first part that fits',
};

function headOf(price: UsagePrice, name: string) {
  return {
    name,
    description: price.label['zh-CN'],
    priceType: 'usage',
    tax: [{ taxCategory: price.taxClass }],
  };
}

function pricing({ amount, per }: UnitPrice, unit: string, numberOf: NumberOf) {
  return {
    unitOfMeasure: { amount: numberOf(per), units: unit },
    price: { unit: CURRENCY, value: numberOf(amount) },
  };
}

function partsOf(model: UsagePriceModel): PricePart[] {
  if (model.kind === 'rates') {
    return model.rates.rates.flatMap(({ zone, band, steps, connectFee, maximumPerEvent }) =>
      steps.map(({ from, price, increment }) => ({
        name: [zone ?? 'any zone', band ?? 'any time', ...(from === '0' ? [] : [`from ${from}`])].join(', '),
        price,
        percent: null,
        facts: { zone, band, from, increment, connectFee, maximumPerEvent },
      })),
    );
  }
  return tiersOf(model).map(({ upTo, amount, per, percent, flat, maximum }) => ({
    name: upTo === null ? 'beyond' : `up to ${upTo}`,
    price: amount === null || per === null ? null : { amount, per },
    percent,
    facts: { upTo, flat, maximum },
  }));
}

function factsOf(price: UsagePrice): Facts {
  const { model, inForce, roundEvent, increment } = price;
  return {
    incrementInitial: String(increment.initial),
    incrementRepeat: String(increment.repeat),
    connectFee: price.connectFee,
    freeUnits: price.freeUnits,
    minimumSpend: price.minimumSpend,
    maximumSpend: price.maximumSpend,
    stopAt: price.cap?.amount,
    eventDecimals: roundEvent && String(roundEvent.decimals),
    inForceFrom: inForce?.from,
    inForceTo: inForce?.to,
    ...modelFacts(model),
  };
}

function modelFacts(model: UsagePriceModel): Facts {
  if (model.kind === 'repeating-step')
    return { blockUnits: model.blockUnits, blockMaximum: model.blockMaximum };
  if (model.kind === 'package') return { partPackage: model.rounding === 'up' ? 'charged' : 'free' };
  if (model.kind === 'dynamic') return { multiplier: model.multiplier };
  if (model.kind === 'rates') return { zonePlan: model.rates.zonePlan, calendar: model.rates.calendar };
  if (model.kind !== 'percentage') return {};
  const { fixedPerEvent, minimumPerEvent, maximumPerEvent, freeEvents, freeAmount } = model;
  return { fixedPerEvent, minimumPerEvent, maximumPerEvent, freeEvents, freeAmount };
}

function valueUses(facts: Facts) {
  return Object.entries(facts).flatMap(([name, value]) =>
    value == null
      ? []
      : [
          {
            name,
            valueType: 'string',
            productSpecCharacteristicValue: [{ valueType: 'string', value: { value } }],
          },
        ],
  );
}
