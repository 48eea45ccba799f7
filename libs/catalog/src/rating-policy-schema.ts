import type { BandDay, DiscountCondition, DiscountPolicy } from '@ronghe/contracts';
import { addDays, type LocalDate } from '@ronghe/kernel';
import { z } from 'zod';
import {
  code,
  decimal,
  LIST_LIMIT,
  localDate,
  localizedText,
  percentage,
  text,
  wholeNumber,
} from './authored-values';
import { policyHead } from './policy-head';

/** Zone plans, calendars and discounts as they are written. */

const corrects = wholeNumber(1, 1_000_000)
  .optional()
  .describe('The earlier version that this one mends, also for usage of before; re-rate it then.');

/** A plan with every operator prefix of the world has some 50,000. */
const PREFIX_LIMIT = 200_000;
const HOLIDAY_LIMIT = 1000;
const HOLIDAY_RANGE_LIMIT = 31;
const BAND_LIMIT = 50;
const MONTHS_OF_YEAR = 12;
const DAYS_OF_MONTH = 31;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const prefix = z
  .string()
  .regex(/^(?:\d{1,18}|any)$/, 'must be digits such as 8613, without +, or any')
  .transform((value) => (value === 'any' ? '' : value))
  .meta({ written: '`852`, `any`' });

export const zonePlanSchema = z.strictObject({
  kind: z.literal('zone-plan').describe('What the file is.'),
  ...policyHead,
  corrects,
  zones: z
    .array(
      z.strictObject({
        code: code.describe('Rates and allowances name it.'),
        label: localizedText.describe('Name to show.'),
        prefixes: z
          .array(prefix)
          .min(1)
          .max(PREFIX_LIMIT)
          .describe('Beginnings of numbers, digits without `+`; `any`: every number.'),
      }),
    )
    .min(1)
    .max(LIST_LIMIT)
    .describe('Destinations. The longest prefix wins, whichever zone has it; a prefix is in one zone.'),
});

/** `Mon`, `Mon-Fri`, `holiday`, `every day`. */
const bandDays = z
  .string()
  .transform((value, context): BandDay[] => {
    if (value === 'holiday') return ['holiday'];
    if (value === 'every day') return [...weekdays.map((_, index) => (index + 1) as BandDay), 'holiday'];
    const [first = '', last = first, ...rest] = value.split('-');
    const [from, to] = [weekdays.indexOf(first), weekdays.indexOf(last)];
    if (from === -1 || to < from || rest.length > 0) {
      context.addIssue({
        code: 'custom',
        message: 'must be days such as Mon, Mon-Fri, holiday or every day',
      });
      return z.NEVER;
    }
    return weekdays.slice(from, to + 1).map((_, index) => (from + index + 1) as BandDay);
  })
  .meta({ written: '`[Mon-Fri, Sun]`, `[holiday]`, `[every day]`' });

/** `24:00` is the midnight that ends the day. */
const timeOfDay = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 21:30')
  .transform((value) => (value === '24:00' ? '00:00' : value))
  .meta({ written: '`21:00`' });

/** `2026-01-01`, `2026-02-15 to 2026-02-23`. */
const holidays = z
  .string()
  .transform((value, context): LocalDate[] => {
    const [from, to] = value.split(' to ').map((day) => localDate.safeParse(day));
    const last = to ?? from;
    if (from?.success && last?.success && value.split(' to ').length <= 2) {
      const days = [from.data];
      while ((days.at(-1) ?? last.data) < last.data && days.length <= HOLIDAY_RANGE_LIMIT) {
        days.push(addDays(days.at(-1) ?? last.data, 1));
      }
      if (days.at(-1) === last.data) return days;
    }
    const message = 'must be a day such as 2026-01-01, or a few such as 2026-02-15 to 2026-02-23';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .meta({ written: '`[2026-01-01, 2026-02-15 to 2026-02-23]`' });

export const calendarSchema = z.strictObject({
  kind: z.literal('calendar').describe('What the file is.'),
  ...policyHead,
  corrects,
  holidays: z
    .array(holidays)
    .max(HOLIDAY_LIMIT)
    .transform((ranges) => ranges.flat())
    .default([])
    .describe('Days on which only bands with `holiday` fit, whatever the day of the week.'),
  bands: z
    .array(
      z.strictObject({
        code: code.describe('Rates and allowances name it.'),
        label: localizedText.describe('Name to show.'),
        days: z
          .array(bandDays)
          .min(1)
          .max(10)
          .transform((lists) => [...new Set(lists.flat())])
          .describe('Days on which it begins.'),
        months: z
          .array(wholeNumber(1, MONTHS_OF_YEAR))
          .min(1)
          .max(MONTHS_OF_YEAR)
          .optional()
          .describe('Only in these months, 1 to 12.'),
        monthDays: z
          .array(wholeNumber(1, DAYS_OF_MONTH))
          .min(1)
          .max(DAYS_OF_MONTH)
          .optional()
          .describe('Only on these days of the month, 1 to 31.'),
        from: timeOfDay.describe("Local time of the account's zone."),
        to: timeOfDay.describe('First minute no longer; at or before `from`: over midnight.'),
      }),
    )
    .min(1)
    .max(BAND_LIMIT)
    .describe('Times of day; the first band that fits counts.'),
});

const condition = z
  .strictObject({
    owns: z
      .array(code)
      .min(1)
      .max(10)
      .optional()
      .describe('Owns products of all these specifications at once on some day of the period;'),
    ownsAtLeast: z
      .strictObject({
        specification: code.describe('Of this specification,'),
        count: wholeNumber(1, 1000).describe('so many products.'),
      })
      .optional()
      .describe('or so many of one specification;'),
    totalAtLeast: decimal.optional().describe('or what the lines in `on` come to before discounts.'),
  })
  .transform((value, context): DiscountCondition => {
    const { owns, ownsAtLeast, totalAtLeast } = value;
    if (Object.values(value).filter((each) => each !== undefined).length === 1) {
      if (owns) return { kind: 'owns', specifications: owns };
      if (ownsAtLeast) return { kind: 'owns-at-least', ...ownsAtLeast };
      if (totalAtLeast !== undefined) return { kind: 'total-at-least', amount: totalAtLeast };
    }
    context.addIssue({ code: 'custom', message: 'must be one of owns, ownsAtLeast, totalAtLeast' });
    return z.NEVER;
  });

/** `10 %` or `20.00`. */
const takes = z
  .string()
  .transform((value, context): { percent: string } | { fixed: string } => {
    const isPercent = value.includes('%');
    const result = (isPercent ? percentage : decimal).safeParse(value);
    if (result.success) return isPercent ? { percent: result.data } : { fixed: result.data };
    context.addIssue({ code: 'custom', message: 'must be a share such as 10 % or yuan such as 20.00' });
    return z.NEVER;
  })
  .meta({ written: '`10 %`, `20.00`' });

/** What is given as an account uses must not depend on the whole period, or on other accounts. */
function isKnownOnUse(policy: {
  prepaid?: string | undefined;
  scope: DiscountPolicy['scope'];
  takes: DiscountPolicy['takes'];
  atMost?: string | undefined;
  when: DiscountPolicy['when'];
}): boolean {
  if (policy.prepaid !== 'on-use') return true;
  const isOfOwn = policy.scope === 'account' && 'percent' in policy.takes && policy.atMost === undefined;
  return isOfOwn && policy.when.every(({ kind }) => kind !== 'total-at-least');
}

export const discountSchema = z
  .strictObject({
    kind: z.literal('discount').describe('What the file is.'),
    ...policyHead,
    label: localizedText.describe('Text of the bill line.'),
    scope: z
      .enum(['account', 'balance group'], 'must be account or balance group')
      .transform((value) => (value === 'balance group' ? ('balance-group' as const) : value))
      .meta({ written: 'account or balance group' })
      .describe('Whose products and bill lines it looks at.'),
    when: z.array(condition).min(1).max(20).describe('Conditions; all must hold.'),
    takes: takes.describe('A share, or yuan.'),
    on: z
      .strictObject({
        chargeClasses: z
          .array(text)
          .min(1)
          .max(100)
          .optional()
          .transform((value) => value ?? null)
          .describe('Lines of these charge classes; left out: all.'),
        specifications: z
          .array(code)
          .min(1)
          .max(100)
          .optional()
          .transform((value) => value ?? null)
          .describe('Lines of products of these specifications; left out: all.'),
      })
      .default({ chargeClasses: null, specifications: null })
      .describe('What it is taken from and spread over; left out: every line.'),
    priority: wholeNumber(0, 1000).describe('Shares come before fixed amounts; among each, lower first.'),
    exclusiveGroup: code
      .optional()
      .transform((value) => value ?? null)
      .describe('Of the discounts of one group only the largest is given; left out: it adds to others.'),
    atMost: decimal.optional().describe('The most that it gives a period.'),
    prepaid: z
      .enum(['on use', 'at period end'], 'must be on use or at period end')
      .transform((value) => (value === 'on use' ? ('on-use' as const) : ('at-period-end' as const)))
      .optional()
      .meta({ written: 'on use or at period end' })
      .describe(
        'How prepaid accounts get it; left out: not at all. At period end: given back with the statement. On use: in the prices of usage that starts while it is in force, on fees at the end of the period; only a share of an account without totalAtLeast and atMost.',
      ),
  })
  .refine(isKnownOnUse, {
    path: ['prepaid'],
    message: 'on use needs a share of an account, without totalAtLeast and atMost',
  })
  .transform(({ atMost, prepaid, ...rest }) => ({
    ...rest,
    maximum: atMost ?? null,
    ...(prepaid && { prepaid }),
  }));
