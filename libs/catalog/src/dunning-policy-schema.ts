import type { DunningEffect } from '@ronghe/contracts';
import { z } from 'zod';
import { code, decimal, localizedText, text, wholeNumber } from './authored-values';
import { policyHead } from './policy-head';

/** How dunning and the late fee are written; what the law forbids is refused by `check-dunning.ts`. */

const STATES_MAXIMUM = 30;
/** Ten years. */
const DAYS_MAXIMUM = 3650;
const effects: Readonly<Record<string, DunningEffect>> = {
  notice: 'notice',
  'outgoing stop': 'outgoing-stop',
  'full stop': 'full-stop',
  termination: 'termination',
};

const state = z
  .strictObject({
    code: code.describe('Names the state in cases and their history.'),
    name: localizedText.describe('Name to show.'),
    effect: z
      .enum(
        ['notice', 'outgoing stop', 'full stop', 'termination'],
        'must be notice, outgoing stop, full stop or termination',
      )
      .describe('What it does.'),
    overdueDays: wholeNumber(0, DAYS_MAXIMUM).describe(
      'Whole local days since the oldest overdue bill became late; 0 is its first late day.',
    ),
    onDay: wholeNumber(1, 28)
      .optional()
      .describe('Then not before the next day of the month of this number.'),
    stoppedDays: wholeNumber(0, DAYS_MAXIMUM)
      .optional()
      .describe('Termination: whole local days since everything was stopped.'),
    minimumAmount: decimal
      .regex(/^\d{1,12}(?:\.\d{1,2})?$/, 'must have two decimals at most')
      .default('0.01')
      .describe('The overdue sum is at least so much; below it, service goes on.'),
    minimumBills: wholeNumber(1, 100).default(1).describe('Over at least so many bills.'),
    customerClasses: z.array(code).min(1).max(20).optional().describe('Classes of customers; left out: all.'),
  })
  .transform(({ effect, onDay, stoppedDays, customerClasses, ...rest }) => ({
    ...rest,
    effect: effects[effect] ?? 'notice',
    onDay: onDay ?? null,
    stoppedDays: stoppedDays ?? null,
    customerClasses: customerClasses ?? null,
  }));

const lateFee = z.strictObject({
  perMille: decimal
    .regex(/^\d{1,2}(?:\.\d)?$/, 'must be at most 99.9, with one decimal at most')
    .describe('Of the overdue principal, for each whole local day, in thousandths.'),
  chargeClass: text.describe('The charge class of its bill line.'),
  label: localizedText.describe('The text of its bill line.'),
  taxClasses: z
    .array(
      z.strictObject({
        percent: decimal.describe('The rate of what is late.'),
        taxClass: code.describe('A tax class that has this rate on the day of the fee.'),
      }),
    )
    .min(1)
    .max(20)
    .describe('A late fee is taxed as what is late.'),
});

/** A dunning policy; its output is the document itself. */
export const dunningSchema = z.strictObject({
  kind: z.literal('dunning').describe('What the file is.'),
  ...policyHead,
  lateFee: lateFee.describe('What being late costs.'),
  disputedDays: z
    .enum(['counted', 'not counted'], 'must be counted or not counted')
    .transform((value) => (value === 'counted' ? ('counted' as const) : ('not-counted' as const)))
    .describe('Whether days of a dispute that the customer lost count as overdue.'),
  services: z
    .array(
      z.strictObject({
        service: z
          .enum(['mobile', 'fixed', 'broadband', 'iptv'], 'must be mobile, fixed, broadband or iptv')
          .describe('The service class.'),
        states: z.array(state).min(1).max(STATES_MAXIMUM).describe('From the mildest to the strictest.'),
      }),
    )
    .min(1)
    .max(4)
    .describe('What becomes of each service class.'),
});
