import type { LocalDate } from '@ronghe/kernel';
import { isDomainError, parseLocalDate } from '@ronghe/kernel';
import { z } from 'zod';

/** The words in which documents are authored. Every scalar arrives as a string. */

/** Bounds, so that no document can grow without limit. */
const TEXT_LIMIT = 200;
export const LIST_LIMIT = 500;

const CODE = /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/;
const DECIMAL = /^\d{1,12}(?:\.\d{1,6})?$/;
const QUANTITY = /^(\d{1,12}) (GB|MB|KB|min|messages?)$/;
const UNIT_PRICE = /^(\d{1,12}(?:\.\d{1,6})?) per (?:(\d{1,9}) )?(GB|MB|KB|min|messages?|event)$/;

/** 1 GB = 1024 MB = 1,048,576 KB (SEMANTICS §1). */
const units = {
  GB: { unit: 'kb', size: 1_048_576n },
  MB: { unit: 'kb', size: 1024n },
  KB: { unit: 'kb', size: 1n },
  min: { unit: 'minute', size: 1n },
  message: { unit: 'message', size: 1n },
  messages: { unit: 'message', size: 1n },
} as const;

type UnitName = keyof typeof units;

/** So many units of one kind, exact. */
export interface Quantity {
  unit: 'minute' | 'message' | 'kb';
  units: string;
}

/** A price for so many units; `event`: for every event, whatever its size. */
export interface PricePer {
  amount: string;
  per: Quantity | 'event';
}

export const text = z.string().min(1, 'is empty').max(TEXT_LIMIT, `is longer than ${TEXT_LIMIT} characters`);

export const code = text.regex(CODE, 'must be words of letters and digits joined by - or _');

export const localizedText = z.strictObject({ en: text, 'zh-CN': text });

export const decimal = z.string().regex(DECIMAL, 'must be a number such as 12.50');

/** More than 0, at most 100. */
export const percentage = decimal.refine(
  (value) => Number(value) > 0 && Number(value) <= 100,
  'must be more than 0 and at most 100',
);

export const yesOrNo = z.enum(['yes', 'no'], 'must be yes or no').transform((value) => value === 'yes');

export const yes = z.literal('yes', 'must be yes').transform(() => true as const);

/** A whole number between two bounds. */
export function wholeNumber(minimum: number, maximum: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be ${minimum} to ${maximum}`);
}

export const localDate = z.string().transform((value, context): LocalDate => {
  try {
    return parseLocalDate(value);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    context.addIssue({ code: 'custom', message: 'must be a day such as 2026-01-31' });
    return z.NEVER;
  }
});

/** `60 GB`, `2000 min`. */
export const quantity = z.string().transform((value, context): Quantity => {
  const match = QUANTITY.exec(value);
  if (!match) {
    context.addIssue({ code: 'custom', message: 'must be a quantity such as 5 GB or 100 min' });
    return z.NEVER;
  }
  return quantityOf(BigInt(match[1] ?? '0'), match[2] as UnitName);
});

/** `0.15 per min`, `0.03 per MB`, `1.00 per event`. */
export const pricePer = z.string().transform((value, context): PricePer => {
  const match = UNIT_PRICE.exec(value);
  const [, amount = '', count = '1', name = ''] = match ?? [];
  if (!match || count === '0') {
    context.addIssue({ code: 'custom', message: 'must be a price such as 0.20 per min or 0.05 per MB' });
    return z.NEVER;
  }
  return { amount, per: name === 'event' ? 'event' : quantityOf(BigInt(count), name as UnitName) };
});

/** `60+60 s`: counted are at least the first, then whole seconds of the second. */
export const secondsCounted = z.string().transform((value, context) => {
  const match = /^(\d{1,5})\+(\d{1,5}) s$/.exec(value);
  const [initial, repeat] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  if (initial < 1 || repeat < 1) {
    context.addIssue({ code: 'custom', message: 'must be increments such as 60+60 s' });
    return z.NEVER;
  }
  return { initial, repeat };
});

/** `1` or `0-2`. */
export const countRange = z.string().transform((value, context) => {
  const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(value);
  const minimum = Number(match?.[1] ?? 0);
  const maximum = Number(match?.[2] ?? minimum);
  if (!match || maximum < minimum || maximum === 0) {
    context.addIssue({ code: 'custom', message: 'must be a count such as 1 or 0-2' });
    return z.NEVER;
  }
  return { minimum, maximum };
});

/** `2 per card group`. */
export const atMost = z.string().transform((value, context) => {
  const match = /^([1-9]\d{0,2}) per (card group|account)$/.exec(value);
  if (!match) {
    context.addIssue({
      code: 'custom',
      message: 'must be a limit such as 2 per card group or 1 per account',
    });
    return z.NEVER;
  }
  return {
    count: Number(match[1]),
    per: match[2] === 'account' ? ('account' as const) : ('card-group' as const),
  };
});

export const partPeriod = z
  .enum(['by days', 'full', 'none'], 'must be by days, full or none')
  .transform((value) => (value === 'by days' ? 'prorate' : value));

export const countDays = z
  .enum(['of the period', 'fixed 30'], 'must be of the period or fixed 30')
  .transform((value) => (value === 'fixed 30' ? 'fixed-30' : 'days-of-period'));

export const usageClass = z.enum(['voice', 'sms', 'data'], 'must be voice, sms or data');

/** The rules by which part periods are charged or granted. */
export const partPeriodRules = { firstPeriod: partPeriod, lastPeriod: partPeriod, countDays };

function quantityOf(count: bigint, name: UnitName): Quantity {
  const { unit, size } = units[name];
  return { unit, units: (count * size).toString() };
}
