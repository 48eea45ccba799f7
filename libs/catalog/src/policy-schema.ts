import type { PolicyDocument } from '@ronghe/contracts';
import { z } from 'zod';
import { billDeliverySchema } from './bill-delivery-policy-schema';
import { balancePolicyFields } from './balance-policy-schema';
import {
  code,
  decimal,
  LIST_LIMIT,
  localDate,
  localizedText,
  text,
  wholeNumber,
  yes,
} from './authored-values';
import { bankStatementSchema } from './bank-statement-schema';
import { dunningSchema } from './dunning-policy-schema';
import { numberGradeSchema } from './number-grade-policy-schema';
import { onlineChargingSchema } from './online-charging-policy-schema';
import { policyHead } from './policy-head';
import { calendarSchema, discountSchema, zonePlanSchema } from './rating-policy-schema';
import { usageSourceSchema } from './usage-source-schema';

/** The form in which business parameters are written; one document a file, of the kind that `kind` names. */

const taxRate = z.strictObject({
  from: localDate.describe('First day of service.'),
  to: localDate
    .optional()
    .transform((value) => value ?? null)
    .describe('First day no longer, where the next rate begins; left out: open.'),
  percent: decimal
    .refine((value) => Number(value) <= 100, 'must be at most 100')
    .describe('The rate, in percent.'),
});

const taxSchema = z.strictObject({
  kind: z.literal('tax').describe('What the file is.'),
  ...policyHead,
  pricesIncludeTax: yes.describe('Prices include the tax.'),
  classes: z
    .array(
      z.strictObject({
        code: code.describe('Prices name it.'),
        name: localizedText.describe('Name to show.'),
        rates: z.array(taxRate).min(1).describe('Rates by day, without gap or overlap.'),
      }),
    )
    .min(1)
    .max(LIST_LIMIT)
    .describe('Kinds of service that are taxed alike.'),
});

const roundingSchema = z.strictObject({
  kind: z.literal('rounding').describe('What the file is.'),
  ...policyHead,
  currency: z.literal('CNY', 'must be CNY').describe('Currency of all amounts.'),
  amountDecimals: z
    .literal('6', 'must be 6')
    .transform(() => 6 as const)
    .describe('Decimals of what is rated.'),
  moneyDecimals: z
    .literal('2', 'must be 2')
    .transform(() => 2 as const)
    .describe('Decimals of a bill line.'),
  mode: z.literal('half-away-from-zero', 'must be half-away-from-zero').describe('How a tie is rounded.'),
});

const billingSchema = z.strictObject({
  kind: z.literal('billing').describe('What the file is.'),
  ...policyHead,
  cutOffHours: wholeNumber(0, 240).describe('Hours after the end of a period before which no run starts.'),
  confirmation: z
    .enum(['automatic', 'second-person'])
    .optional()
    .describe(
      'Who confirms a run with clean checks: nobody, or somebody else than who asked for it. `automatic` when absent; others always wait.',
    ),
  dueDays: wholeNumber(1, 90).describe('A bill is due so many days after the one on which the period ended.'),
  billNumberFormat: text
    .regex(/\{sequence:\d{1,2}\}/, 'must contain {sequence:8}')
    .describe('`B{period}-{sequence:8}`: the period, and a number without gaps, padded with zeros.'),
  chargeClasses: z
    .array(
      z.strictObject({
        code: text.describe('Prices name it.'),
        name: localizedText.describe('Text of the bill line.'),
      }),
    )
    .min(1)
    .max(LIST_LIMIT)
    .describe('Kinds of bill line, in the order in which a bill shows them.'),
});

const orderingSchema = z.strictObject({
  kind: z.literal('ordering').describe('What the file is.'),
  ...policyHead,
  numbersPerIdentityDocument: wholeNumber(1, 100).describe(
    'Real-name rule: at most so many numbers on one identity document.',
  ),
  holdMinutes: wholeNumber(1, 10_000).describe('How long held stock waits for its order.'),
  backdateDays: wholeNumber(0, 366)
    .optional()
    .describe('How many days back an order may count, with a reason; left out: none.'),
});

const inventorySchema = z.strictObject({
  kind: z.literal('inventory').describe('What the file is.'),
  ...policyHead,
  numberQuarantineDays: wholeNumber(0, 3650).describe('Days for which a released number is not sold again.'),
});

const taskSchema = z
  .strictObject({
    code: code.describe('Stable within the specification.'),
    element: code.describe('The network element: `hlr`, `olt`, `aaa`.'),
    path: text
      .startsWith('/', 'must start with /')
      .describe('Where it is called: `/elements/hlr/subscriptions/{productId}`.'),
    sends: z.array(code).max(20).default([]).describe('Stock and characteristics that the call carries.'),
  })
  .transform(({ path, sends, ...rest }) => ({
    ...rest,
    activate: { action: 'provide', method: 'PUT' as const, path, body: sends },
    deactivate: { action: 'withdraw', method: 'DELETE' as const, path, body: [] },
  }));

const provisioningSchema = z.strictObject({
  kind: z.literal('provisioning').describe('What the file is.'),
  ...policyHead,
  maximumAttempts: wholeNumber(1, 100).describe('After so many failures a task is given to people.'),
  decomposition: z
    .array(
      z.strictObject({
        specification: code.describe('What is provided.'),
        tasks: z.array(taskSchema).max(50).describe('In this order; undone in reverse order.'),
      }),
    )
    .min(1)
    .max(LIST_LIMIT)
    .describe('Specifications and their tasks.'),
});

const balanceSchema = z.strictObject({
  kind: z.literal('balance').describe('What the file is.'),
  ...policyHead,
  ...balancePolicyFields,
});

/** A file in `policy/`. Its output is the document itself. */
export const policyFileSchema = z.discriminatedUnion(
  'kind',
  [
    taxSchema,
    roundingSchema,
    billingSchema,
    orderingSchema,
    inventorySchema,
    usageSourceSchema,
    provisioningSchema,
    balanceSchema,
    zonePlanSchema,
    calendarSchema,
    discountSchema,
    numberGradeSchema,
    onlineChargingSchema,
    dunningSchema,
    billDeliverySchema,
    bankStatementSchema,
  ],
  'must be tax, rounding, billing, ordering, inventory, usage-source, provisioning, balance, zone-plan, calendar, discount, number-grade, online-charging, dunning, bill-delivery or bank-statement',
) satisfies z.ZodType<PolicyDocument>;
