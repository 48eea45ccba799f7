import type { LocalDate } from '@ronghe/kernel';
import { isDomainError, parseLocalDate } from '@ronghe/kernel';
import { z } from 'zod';

/** The words in which documents are authored. Every scalar arrives as a string. */

/** Bounds, so that no document can grow without limit. */
const TEXT_LIMIT = 200;
export const LIST_LIMIT = 500;

const CODE = /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/;
const DECIMAL = /^\d{1,12}(?:\.\d{1,6})?$/;
const PERCENT = /^\d{1,3}(?:\.\d{1,6})?(?: ?%)?$/;
export const text = z
  .string()
  .min(1, 'is empty')
  .max(TEXT_LIMIT, `is longer than ${TEXT_LIMIT} characters`)
  .meta({ written: 'text' });

export const code = text
  .regex(CODE, 'must be words of letters and digits joined by - or _')
  .meta({ written: 'code' });

export const localizedText = z
  .strictObject({ en: text, 'zh-CN': text })
  .meta({ written: '`{ en: …, zh-CN: … }`' });

export const decimal = z
  .string()
  .regex(DECIMAL, 'must be a number such as 12.50')
  .meta({ written: '`12.50`' });

/** `20` or `20 %`: more than 0, at most 100. */
export const percentage = z
  .string()
  .regex(PERCENT, 'must be a share such as 20 %')
  .transform((value) => value.replace(/ ?%$/, ''))
  .refine((value) => Number(value) > 0 && Number(value) <= 100, 'must be more than 0 and at most 100')
  .meta({ written: '`20 %`' });

export const yesOrNo = z
  .enum(['yes', 'no'], 'must be yes or no')
  .transform((value) => value === 'yes')
  .meta({ written: 'yes or no' });

export const yes = z.literal('yes', 'must be yes').transform(() => true as const);

/** A whole number between two bounds. */
export function wholeNumber(minimum: number, maximum: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be ${minimum} to ${maximum}`)
    .meta({ written: `${minimum} to ${maximum}` });
}

export const localDate = z
  .string()
  .transform((value, context): LocalDate => {
    try {
      return parseLocalDate(value);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      context.addIssue({ code: 'custom', message: 'must be a day such as 2026-01-31' });
      return z.NEVER;
    }
  })
  .meta({ written: '`2026-01-31`' });

/** `1` or `0-2`. */
export const countRange = z
  .string()
  .transform((value, context) => {
    const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(value);
    const minimum = Number(match?.[1] ?? 0);
    const maximum = Number(match?.[2] ?? minimum);
    if (!match || maximum < minimum || maximum === 0) {
      context.addIssue({ code: 'custom', message: 'must be a count such as 1 or 0-2' });
      return z.NEVER;
    }
    return { minimum, maximum };
  })
  .meta({ written: '`1` or `0-2`' });

/** `2 per card group`. */
export const atMost = z
  .string()
  .transform((value, context) => {
    const match = /^([1-9]\d{0,2}) per (card group|account)$/.exec(value);
    if (!match) {
      const message = 'must be a limit such as 2 per card group or 1 per account';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    const per = match[2] === 'account' ? ('account' as const) : ('card-group' as const);
    return { count: Number(match[1]), per };
  })
  .meta({ written: '`2 per card group`, `1 per account`' });

export const partPeriod = z
  .enum(['by days', 'full', 'none'], 'must be by days, full or none')
  .transform((value) => (value === 'by days' ? 'prorate' : value))
  .meta({ written: 'by days, full or none' });

export const countDays = z
  .enum(['of the period', 'fixed 30'], 'must be of the period or fixed 30')
  .transform((value) => (value === 'fixed 30' ? 'fixed-30' : 'days-of-period'))
  .meta({ written: 'of the period or fixed 30' });

export const usageClass = z
  .enum(['voice', 'sms', 'mms', 'data', 'content'], 'must be voice, sms, mms, data or content')
  .meta({ written: 'voice, sms, mms, data or content' });

/** The rules by which part periods are charged or granted. */
export const partPeriodRules = {
  firstPeriod: partPeriod.describe('When the first period is not whole.'),
  lastPeriod: partPeriod.describe('When the last period is not whole.'),
  countDays: countDays.describe('What days are compared with.'),
};

/** Who counts or shares. */
export const sharing = z
  .enum(['product', 'card group'], 'must be product or card group')
  .transform((value) => (value === 'card group' ? 'card-group' : value))
  .meta({ written: 'product or card group' });
