import type { UsageUnit } from '@ronghe/contracts';
import { z } from 'zod';

/** Quantities and prices as they stand on a tariff sheet: `60 GB`, `0.15 per min`, `60+60 s`. */

const QUANTITY = /^(\d{1,12}) (GB|MB|KB|min|s|messages?|items?)$/;
const UNIT_PRICE = /^(\d{1,12}(?:\.\d{1,6})?) per (?:(\d{1,9}) )?(GB|MB|KB|min|s|messages?|items?|event)$/;
const INCREMENTS = /^(\d{1,9})\+(\d{1,9}) (s|KB|MB|GB)$/;
/** An increment is a plain number in documents. */
const INCREMENT_LIMIT = 1_000_000_000;

/** What usage is measured in; minutes are seconds until a price is known to count in minutes. */
export type Measure = 'second' | 'message' | 'kb' | 'item';

/** 1 GB = 1024 MB = 1,048,576 KB (SEMANTICS §1). */
const units = {
  GB: { measure: 'kb', size: 1_048_576n },
  MB: { measure: 'kb', size: 1024n },
  KB: { measure: 'kb', size: 1n },
  min: { measure: 'second', size: 60n },
  s: { measure: 'second', size: 1n },
  message: { measure: 'message', size: 1n },
  messages: { measure: 'message', size: 1n },
  item: { measure: 'item', size: 1n },
  items: { measure: 'item', size: 1n },
} as const;

type UnitName = keyof typeof units;

/** So much of one measure, exact. */
export interface Quantity {
  measure: Measure;
  units: bigint;
  /** Time that was written as minutes. */
  isInMinutes?: true;
}

/** A price for so many units; `event`: for every event, whatever its size. */
export interface PricePer {
  amount: string;
  per: Quantity | 'event';
}

/** `60 GB`, `2000 min`. */
export const quantity = z
  .string()
  .transform((value, context): Quantity => {
    const match = QUANTITY.exec(value);
    if (match) return quantityOf(BigInt(match[1] ?? '0'), match[2] as UnitName);
    context.addIssue({ code: 'custom', message: 'must be a quantity such as 5 GB or 100 min' });
    return z.NEVER;
  })
  .meta({ written: '`5 GB`, `100 min`, `50 messages`' });

/** More than nothing. */
export const someQuantity = quantity.refine(({ units: count }) => count > 0n, 'must be more than 0');

/** More than nothing, in the unit that is written: `100 min` are minutes, `60 s` seconds. */
export const countedQuantity = z
  .string()
  .transform((value, context): { unit: UsageUnit; quantity: string } => {
    const [, count = '0', name = ''] = QUANTITY.exec(value) ?? [];
    const { measure, units: size } = quantityOf(BigInt(count), (name === '' ? 's' : name) as UnitName);
    if (size === 0n)
      context.addIssue({ code: 'custom', message: 'must be a quantity such as 5 GB or 100 min' });
    return name === 'min'
      ? { unit: 'minute', quantity: count }
      : { unit: measure, quantity: size.toString() };
  })
  .meta({ written: '`5 GB`, `100 min`, `50 messages`' });

/** `0.15 per min`, `0.03 per MB`, `1.00 per event`. */
export const pricePer = z
  .string()
  .transform((value, context): PricePer => {
    const match = UNIT_PRICE.exec(value);
    const [, amount = '', count = '1', name = ''] = match ?? [];
    if (match && BigInt(count) > 0n) {
      return { amount, per: name === 'event' ? 'event' : quantityOf(BigInt(count), name as UnitName) };
    }
    context.addIssue({ code: 'custom', message: 'must be a price such as 0.20 per min or 0.05 per MB' });
    return z.NEVER;
  })
  .meta({ written: '`0.15 per min`' });

/** A price for so many units: not for an event. */
export const unitPricePer = pricePer.transform((value, context): { amount: string; per: Quantity } => {
  if (value.per !== 'event') return { amount: value.amount, per: value.per };
  context.addIssue({ code: 'custom', message: 'must be a price per unit, such as 0.20 per min' });
  return z.NEVER;
});

/** `60+60 s`: counted are at least the first, then whole ones of the second, in measured units. */
export const increments = z
  .string()
  .transform((value, context) => {
    const match = INCREMENTS.exec(value);
    const size = units[(match?.[3] ?? 's') as UnitName];
    const [initial, repeat] = [match?.[1] ?? '0', match?.[2] ?? '0'].map(
      (count) => BigInt(count) * size.size,
    );
    if (initial && repeat && initial <= INCREMENT_LIMIT && repeat <= INCREMENT_LIMIT) {
      return { measure: size.measure, initial: Number(initial), repeat: Number(repeat) };
    }
    context.addIssue({ code: 'custom', message: 'must be increments such as 60+60 s' });
    return z.NEVER;
  })
  .meta({ written: '`60+60 s`, `30+6 s`, `10+10 KB`' });

/** `2 decimals`, `2 decimals up`. */
export const rounding = z
  .string()
  .transform((value, context) => {
    const match = /^([0-6]) decimals?(?: (up|down))?$/.exec(value);
    if (match) {
      const mode = (match[2] as 'up' | 'down' | undefined) ?? ('half-away-from-zero' as const);
      return { decimals: Number(match[1]), mode };
    }
    context.addIssue({ code: 'custom', message: 'must be a rounding such as 2 decimals or 2 decimals up' });
    return z.NEVER;
  })
  .meta({ written: '`2 decimals`, `2 decimals up`, `2 decimals down`' });

/** `7 days`. */
export const days = z
  .string()
  .regex(/^[1-9]\d{0,3} days?$/, 'must be such as 30 days')
  .transform((value) => Number.parseInt(value, 10))
  .meta({ written: '`30 days`' });

function quantityOf(count: bigint, name: UnitName): Quantity {
  const { measure, size } = units[name];
  return { measure, units: count * size, ...(name === 'min' && { isInMinutes: true }) };
}
