import { z } from 'zod';
import { code, decimal, localizedText, percentage, text, wholeNumber } from './authored-values';

/** A contract as a product manager writes it, inside an offer. */

const MONTHS_MAXIMUM = 120;

const periodsAfter = z
  .string()
  .regex(/^\d{1,3} periods?$/, 'must be such as 1 period')
  .transform((value) => Number.parseInt(value, 10))
  .meta({ written: '`1 period`' });

const benefitSchema = z.strictObject({
  code: code.describe('Stable within the offer.'),
  label: localizedText.describe('Text to show.'),
  kind: z
    .enum(['fee', 'gift'], 'must be fee or gift')
    .meta({ written: 'fee or gift' })
    .describe('So much off the fee, never more than it; or money given on its line.'),
  amount: decimal.describe('For a whole bill period; a part period gets its share.'),
  periods: wholeNumber(1, MONTHS_MAXIMUM).describe('For so many bill periods.'),
  startsAfter: periodsAfter.describe('How many periods after the one in which the contract begins.'),
});

const rowSchema = z.strictObject({
  servedBelow: wholeNumber(1, MONTHS_MAXIMUM).describe('Applies to fewer full months served than this.'),
  amount: decimal.optional().describe('What leaving costs; or else `percentOfRemaining`.'),
  percentOfRemaining: percentage
    .optional()
    .describe('A share of the fees of the months that are left, a begun one counted whole.'),
});

export const contractSchema = z.strictObject({
  code: code.describe('Offers with the same contract continue it.'),
  label: localizedText.describe('Name to show.'),
  months: wholeNumber(1, MONTHS_MAXIMUM).describe('For how long the product is taken.'),
  afterEnd: z
    .enum(['ends', 'renews'], 'must be ends or renews')
    .meta({ written: 'ends or renews' })
    .describe('What becomes of it at its end: nothing binds any more, or it begins anew, without benefits.'),
  takesPlaceOf: z
    .array(code)
    .min(1)
    .max(20)
    .optional()
    .describe(
      'Contracts that this one renews before their end: leaving them for it costs nothing. It begins, with its benefits, on the day of the change.',
    ),
  benefits: z.array(benefitSchema).max(20).default([]).describe('What is given for it.'),
  earlyTermination: z
    .strictObject({
      label: localizedText.describe('Text of the bill line.'),
      chargeClass: text.describe("One of the billing policy's: the bill line."),
      taxClass: code.describe("One of the tax policy's."),
      table: z
        .array(rowSchema)
        .min(1)
        .max(50)
        .describe('Ascending; the first row that fits applies, after the last nothing is charged.'),
    })
    .describe('What leaving earlier costs.'),
});

export type AuthoredContract = z.output<typeof contractSchema>;
