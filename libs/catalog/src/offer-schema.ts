import { z } from 'zod';
import {
  atMost,
  code,
  countDays,
  countRange,
  decimal,
  LIST_LIMIT,
  localDate,
  localizedText,
  partPeriod,
  partPeriodRules,
  percentage,
  pricePer,
  quantity,
  secondsCounted,
  text,
  usageClass,
  wholeNumber,
  yesOrNo,
} from './authored-values';

/** The form in which a product manager writes offers. `resolve-offer.ts` makes OfferDocuments of it. */

const lineOfBusiness = z.enum(['mobile', 'broadband', 'iptv', 'fixed-voice', 'cloud', 'convergent']);
const resourceKind = z.enum(['mobile_number', 'fixed_number', 'sim', 'optical_terminal', 'set_top_box']);
const role = z.enum(['main', 'sub', 'broadband', 'iptv', 'fixed', 'cloud']);
const afterEnd = z.enum(['ends', 'stays'], 'must be ends or stays');
const characteristics = z.record(code, text);

const feeRules = z.strictObject({
  chargeClass: text,
  taxClass: code,
  timing: z.enum(['advance', 'arrears'], 'must be advance or arrears'),
  ...partPeriodRules,
});

const allowanceRules = z.strictObject({
  label: localizedText,
  usage: z.array(usageClass).min(1),
  sharedBy: z.enum(['product', 'card group'], 'must be product or card group'),
  firstPeriod: partPeriod,
  roundedUpTo: quantity,
  lastPeriod: partPeriod,
  countDays,
  priority: wholeNumber(0, 1000),
  rollover: z
    .strictObject({
      periods: z.literal('1', 'must be 1').transform(() => 1 as const),
      order: z.enum(['before base', 'after base'], 'must be before base or after base'),
      atMost: quantity.optional(),
    })
    .optional(),
});

export const specificationSchema = z.strictObject({
  code,
  name: localizedText,
  lineOfBusiness,
  stock: z.array(resourceKind).max(10),
  characteristics: characteristics.default({}),
  fee: feeRules,
  allowances: z.record(code, allowanceRules).default({}),
});

const usagePriceSchema = z.strictObject({
  code,
  usage: usageClass,
  chargeClass: text,
  label: localizedText,
  taxClass: code,
  price: pricePer,
  /** The most that each block of so many units costs: `3.00 per GB`. */
  atMost: pricePer.optional(),
  counted: secondsCounted.optional(),
  connectFee: decimal.optional(),
  counter: z.enum(['product', 'card group'], 'must be product or card group'),
  /** The service stops when a period's charge has reached this. */
  stopAt: decimal.optional(),
});

export const tariffSchema = z.strictObject({
  code,
  prices: z.array(usagePriceSchema).min(1).max(LIST_LIMIT),
});

const discountSchema = z.strictObject({
  code,
  label: localizedText,
  percent: percentage,
  periods: wholeNumber(1, 120),
  startsAfter: z
    .string()
    .regex(/^\d{1,3} periods?$/, 'must be such as 1 period')
    .transform((value) => Number.parseInt(value, 10)),
  onlyOrderedAlone: yesOrNo,
});

/** The earlier version that this one mends, also for what was sold and used before. */
const corrects = wholeNumber(1, 1_000_000).optional();
const saleWindow = { from: localDate, to: localDate.optional() };

export const offerSchema = z.strictObject({
  code,
  version: wholeNumber(1, 1_000_000),
  corrects,
  name: localizedText,
  specification: code,
  characteristics: characteristics.default({}),
  sale: z.strictObject({
    ...saleWindow,
    alone: yesOrNo,
    requires: z.array(code).max(10).default([]),
    atMost: atMost.optional(),
  }),
  fee: decimal.optional(),
  /** A tariff's code, or `as main card`; left out where the product has no usage. */
  usage: text.optional(),
  allowances: z.record(code, quantity).default({}),
  discounts: z.array(discountSchema).max(20).default([]),
});

export const bundleSchema = z.strictObject({
  code,
  version: wholeNumber(1, 1_000_000),
  corrects,
  name: localizedText,
  sale: z.strictObject(saleWindow),
  members: z
    .array(z.strictObject({ role, offer: code, count: countRange }))
    .min(2)
    .max(50),
  holdsWhile: z.array(code).min(1).max(10),
  prices: z
    .array(z.strictObject({ member: code, code, label: localizedText, fee: decimal, afterEnd }))
    .max(50)
    .default([]),
  allowances: z
    .array(
      z.strictObject({
        member: code,
        includes: z.record(code, quantity),
        replaces: z.array(code).max(20).default([]),
        afterEnd,
      }),
    )
    .max(50)
    .default([]),
});

/** A file in `catalog/`. */
export const catalogFileSchema = z.strictObject({
  specifications: z.array(specificationSchema).max(LIST_LIMIT).default([]),
  tariffs: z.array(tariffSchema).max(LIST_LIMIT).default([]),
  offers: z.array(offerSchema).max(LIST_LIMIT).default([]),
  bundles: z.array(bundleSchema).max(LIST_LIMIT).default([]),
});

export type AuthoredSpecification = z.output<typeof specificationSchema>;
export type AuthoredTariff = z.output<typeof tariffSchema>;
export type AuthoredUsagePrice = z.output<typeof usagePriceSchema>;
export type AuthoredOffer = z.output<typeof offerSchema>;
export type AuthoredBundle = z.output<typeof bundleSchema>;
