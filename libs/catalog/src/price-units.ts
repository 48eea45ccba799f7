import type { UsageClass, UsagePrice, UsageUnit } from '@ronghe/contracts';
import type { FieldPath } from './authored-file';
import type { Measure, PricePer, Quantity } from './authored-measures';
import type { AuthoredRate, AuthoredUsagePrice } from './usage-price-schema';

/** What each class of usage is measured in. */
export const measureOfClass: Record<UsageClass, Measure> = {
  voice: 'second',
  sms: 'message',
  mms: 'message',
  data: 'kb',
  content: 'item',
};

export const SECONDS_PER_MINUTE = 60n;

/** What voice is counted in. */
export type VoiceUnit = 'minute' | 'second';

/** What prices count voice in: seconds where one of them does; null: none is for voice. */
export function voiceUnitOf(prices: readonly UsagePrice[]): VoiceUnit | null {
  const units = voiceUnitsOf(prices);
  return units.has('second') ? 'second' : units.has('minute') ? 'minute' : null;
}

/** The units in which prices count voice. */
export function voiceUnitsOf(prices: readonly UsagePrice[]): Set<VoiceUnit> {
  const ofVoice = prices.filter(({ usageClass }) => usageClass === 'voice');
  return new Set(ofVoice.map(({ unit }) => (unit === 'minute' ? 'minute' : 'second')));
}

interface PlacedQuantity {
  field: FieldPath;
  quantity: Quantity;
}

/** Everything in a price that has a unit, and where it stands. */
export function quantitiesOf(price: AuthoredUsagePrice): PlacedQuantity[] {
  return [
    ...perOf(['price'], price.price),
    ...perOf(['atMost'], price.atMost),
    ...perOf(['package', 'price'], price.package?.price),
    ...(price.graduated ?? []).flatMap((tier, index) => tierQuantities(['graduated', index], tier)),
    ...(price.volume ?? []).flatMap((tier, index) => tierQuantities(['volume', index], tier)),
    ...(price.rates ?? []).flatMap((rate, index) => rateQuantities(['rates', index], rate)),
    ...sizeOf(['free'], price.free),
  ];
}

/**
 * What a price counts in. Voice counts in minutes where everything about it is whole minutes, and in seconds where
 * something is not, or where a rate may change inside a call.
 */
export function unitOf(price: AuthoredUsagePrice): UsageUnit {
  const measure = measureOfClass[price.usage];
  if (measure !== 'second') return measure;
  const { counted, rates } = price;
  const sizes = quantitiesOf(price).map(({ quantity }) => quantity.units);
  if (counted) sizes.push(BigInt(counted.initial), BigInt(counted.repeat));
  return !rates && sizes.every((size) => size % SECONDS_PER_MINUTE === 0n) ? 'minute' : 'second';
}

/** So much in the unit of a price. */
export function unitsIn(quantity: Quantity, unit: UsageUnit): string {
  return (unit === 'minute' ? quantity.units / SECONDS_PER_MINUTE : quantity.units).toString();
}

function perOf(field: FieldPath, price: PricePer | undefined): PlacedQuantity[] {
  return price === undefined || price.per === 'event' ? [] : [{ field, quantity: price.per }];
}

function sizeOf(field: FieldPath, quantity: Quantity | undefined): PlacedQuantity[] {
  return quantity === undefined ? [] : [{ field, quantity }];
}

function tierQuantities(
  field: FieldPath,
  tier: { upTo?: Quantity | undefined; price: PricePer },
): PlacedQuantity[] {
  return [...sizeOf([...field, 'upTo'], tier.upTo), ...perOf([...field, 'price'], tier.price)];
}

function rateQuantities(field: FieldPath, rate: AuthoredRate): PlacedQuantity[] {
  return [
    ...perOf([...field, 'price'], rate.price),
    ...(rate.steps ?? []).flatMap((step, index) => {
      const at = [...field, 'steps', index];
      return [
        ...sizeOf([...at, 'from'], step.from),
        ...perOf([...at, 'price'], step.price),
        ...sizeOf([...at, 'counted'], step.counted),
      ];
    }),
  ];
}
