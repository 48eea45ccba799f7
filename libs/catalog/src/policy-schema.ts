import type { PolicyDocument } from '@ronghe/contracts';
import { z } from 'zod';
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
import { policyHead } from './policy-head';
import { calendarSchema, discountSchema, zonePlanSchema } from './rating-policy-schema';
import { usageSourceSchema } from './usage-source-schema';

/** The form in which business parameters are written; one document a file, of the kind that `kind` names. */

const taxRate = z.strictObject({
  from: localDate,
  to: localDate.optional().transform((value) => value ?? null),
  percent: decimal.refine((value) => Number(value) <= 100, 'must be at most 100'),
});

const taxSchema = z.strictObject({
  kind: z.literal('tax'),
  ...policyHead,
  pricesIncludeTax: yes,
  classes: z
    .array(z.strictObject({ code, name: localizedText, rates: z.array(taxRate).min(1) }))
    .min(1)
    .max(LIST_LIMIT),
});

const roundingSchema = z.strictObject({
  kind: z.literal('rounding'),
  ...policyHead,
  currency: z.literal('CNY', 'must be CNY'),
  amountDecimals: z.literal('6', 'must be 6').transform(() => 6 as const),
  moneyDecimals: z.literal('2', 'must be 2').transform(() => 2 as const),
  mode: z.literal('half-away-from-zero', 'must be half-away-from-zero'),
});

const billingSchema = z.strictObject({
  kind: z.literal('billing'),
  ...policyHead,
  cutOffHours: wholeNumber(0, 240),
  dueDays: wholeNumber(1, 90),
  billNumberFormat: text.regex(/\{sequence:\d{1,2}\}/, 'must contain {sequence:8}'),
  chargeClasses: z
    .array(z.strictObject({ code: text, name: localizedText }))
    .min(1)
    .max(LIST_LIMIT),
});

const orderingSchema = z.strictObject({
  kind: z.literal('ordering'),
  ...policyHead,
  numbersPerIdentityDocument: wholeNumber(1, 100),
  holdMinutes: wholeNumber(1, 10_000),
});

const inventorySchema = z.strictObject({
  kind: z.literal('inventory'),
  ...policyHead,
  numberQuarantineDays: wholeNumber(0, 3650),
});

const taskSchema = z
  .strictObject({
    code,
    element: code,
    path: text.startsWith('/', 'must start with /'),
    sends: z.array(code).max(20).default([]),
  })
  .transform(({ path, sends, ...rest }) => ({
    ...rest,
    activate: { action: 'provide', method: 'PUT' as const, path, body: sends },
    deactivate: { action: 'withdraw', method: 'DELETE' as const, path, body: [] },
  }));

const provisioningSchema = z.strictObject({
  kind: z.literal('provisioning'),
  ...policyHead,
  maximumAttempts: wholeNumber(1, 100),
  decomposition: z
    .array(z.strictObject({ specification: code, tasks: z.array(taskSchema).max(50) }))
    .min(1)
    .max(LIST_LIMIT),
});

const balanceSchema = z.strictObject({ kind: z.literal('balance'), ...policyHead, ...balancePolicyFields });

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
  ],
  'must be tax, rounding, billing, ordering, inventory, usage-source, provisioning, balance, zone-plan, calendar or discount',
) satisfies z.ZodType<PolicyDocument>;
