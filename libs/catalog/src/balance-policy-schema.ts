import type { BalancePolicy } from '@ronghe/contracts';
import { z } from 'zod';
import { countedQuantity } from './authored-measures';
import { code, decimal, LIST_LIMIT, localizedText, usageClass, wholeNumber } from './authored-values';
import { measureOfClass } from './price-units';

const money = decimal.regex(/^\d{1,12}(?:\.\d{1,2})?$/, 'must have two decimals at most');
const days = wholeNumber(1, 3650);
const nothing = z.literal('none');
const orNone = <T extends z.ZodType>(value: T) =>
  z.union([nothing.transform(() => null), value], 'must be a value, or none');

const bonus = z.strictObject({
  code,
  label: localizedText,
  from: money,
  amount: decimal,
  validDays: days,
  priority: wholeNumber(0, 1000),
});

const units = z
  .strictObject({
    code,
    label: localizedText,
    from: money.describe('Given with a top-up of at least so much; of several, those with the largest.'),
    usage: z.array(usageClass).min(1).describe('Classes of usage that they are for, all of one unit.'),
    quantity: countedQuantity.describe('How much is given.'),
    validDays: days,
    priority: wholeNumber(0, 1000).default(0),
  })
  .refine(
    ({ usage, quantity }) =>
      usage.every((each) => measureOfClass[each] === (quantity.unit === 'minute' ? 'second' : quantity.unit)),
    'quantity must be in the unit of every class of usage',
  )
  .transform(({ usage, quantity, ...rest }) => ({ ...rest, usageClasses: usage, ...quantity }));

/** How the rules of balances are written, beside what every policy says of itself. */
export const balancePolicyFields = {
  creditLimit: decimal.describe('How far money may go below zero.'),
  topUp: z.strictObject({
    minimum: money.describe('The least that may be paid in.'),
    maximum: money.describe('The most that may be paid in at once.'),
    validDays: orNone(days),
    bonuses: z.array(bonus).max(LIST_LIMIT).default([]),
    units: z.array(units).max(LIST_LIMIT).optional().describe('Units that are given with a top-up.'),
  }),
  notices: z.strictObject({
    usedPercents: z.array(wholeNumber(1, 100)).max(10).default([]),
    lowMoney: orNone(decimal.regex(/^\d+(?:\.0+)?$/, 'must be whole yuan')),
    spendCaps: z.array(decimal).max(10).default([]),
    productSpendCaps: z
      .array(decimal)
      .max(10)
      .optional()
      .describe('Spending of one product in a bill period of which its account is told.'),
  }),
  prepaidFee: z.strictObject({
    retryHours: wholeNumber(1, 720).describe(
      'A fee that money did not cover is tried again after so many hours.',
    ),
    graceHours: orNone(wholeNumber(0, 8760)),
  }),
} satisfies {
  [K in keyof Omit<BalancePolicy, 'kind' | 'code' | 'version' | 'effectiveFrom' | 'effectiveTo'>]: z.ZodType;
};
