import { z } from 'zod';
import {
  code,
  decimal,
  LIST_LIMIT,
  localDate,
  localizedText,
  percentage,
  sharing,
  text,
  usageClass,
} from './authored-values';
import { increments, pricePer, quantity, rounding, someQuantity, unitPricePer } from './authored-measures';

/** The form in which the price of one class of usage is written. `resolve-usage-price.ts` makes UsagePrices of it. */

/** So many tiers or steps at most; more are a typing error. */
const TIER_LIMIT = 50;

const once = decimal.optional().describe('Charged once, when the tier is entered.');

const graduatedTier = z.strictObject({
  upTo: someQuantity.optional().describe('The last unit of the tier; the last tier has none.'),
  price: unitPricePer.describe('What each unit of the tier costs.'),
  once,
  atMost: decimal.optional().describe('The most that the units of this tier cost.'),
});

const volumeTier = z.strictObject({
  upTo: someQuantity.optional().describe('The largest total of the tier; the last tier has none.'),
  price: unitPricePer.describe('What every unit costs once the total falls into this tier.'),
  once,
});

const percentageTier = z.strictObject({
  upTo: decimal.optional().describe('Yuan of the period up to which the tier goes; the last tier has none.'),
  percent: percentage.describe('Share of the amounts that fall into the tier.'),
  once,
});

const step = z.strictObject({
  from: quantity.describe('How far into the event the step begins; the first at `0 s`.'),
  price: unitPricePer.describe('The price from there on.'),
  counted: someQuantity
    .optional()
    .describe('Counted in whole ones of this within the step; left out: exactly.'),
});

export const rateSchema = z
  .strictObject({
    zone: code.optional().describe('A zone of the zone plan; left out: any.'),
    band: code.optional().describe('A band of the calendar; left out: any time.'),
    price: unitPricePer.optional().describe('The price of the whole event; or else `steps`.'),
    steps: z
      .array(step)
      .min(1)
      .max(TIER_LIMIT)
      .optional()
      .describe('Prices that change while the call goes on.'),
    connectFee: decimal.optional().describe('Once per event at this rate.'),
    atMost: decimal.optional().describe('The most that one event costs.'),
  })
  .meta({ title: 'a rate' });

const percentageSchema = z.strictObject({
  percent: percentage.describe("Share of the event's own amount."),
  perEvent: decimal.optional().describe('On top for every event.'),
  atLeast: decimal.optional().describe('The least that one event costs.'),
  atMost: decimal.optional().describe('The most that one event costs.'),
  freeEvents: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .meta({ written: '`3`' })
    .optional()
    .describe('So many events of a period cost nothing.'),
  freeAmount: decimal.optional().describe('So many yuan of a period cost nothing.'),
});

/** Exactly one of these says what usage costs. */
export const modelFields = {
  price: pricePer
    .optional()
    .describe('The same price for all: `0.15 per min`, or `1.00 per event` whatever its size.'),
  package: z
    .strictObject({
      price: unitPricePer.describe('Price and size of one package.'),
      begun: z
        .enum(['charged', 'free'], 'must be charged or free')
        .meta({ written: 'charged or free' })
        .describe('What becomes of a package that is not full.'),
    })
    .optional()
    .describe('Whole packages: `{ price: 5.00 per 100 MB, begun: charged }`.'),
  graduated: z
    .array(graduatedTier)
    .min(1)
    .max(TIER_LIMIT)
    .optional()
    .describe('Tiers: each unit costs what its own tier says.'),
  volume: z
    .array(volumeTier)
    .min(1)
    .max(TIER_LIMIT)
    .optional()
    .describe('Tiers: every unit costs what the tier of the total says.'),
  percentage: percentageSchema.optional().describe('A share of what somebody else has priced the event at.'),
  graduatedPercentage: z
    .array(percentageTier)
    .min(1)
    .max(TIER_LIMIT)
    .optional()
    .describe('Shares of the amounts of the period, by tier.'),
  dynamic: z
    .strictObject({ times: decimal.describe('`1.15`: 15 % more than it was priced at.') })
    .optional()
    .describe('What somebody else has priced the event at, times a factor.'),
  rates: z
    .array(rateSchema)
    .min(1)
    .max(LIST_LIMIT)
    .optional()
    .describe('By destination, time and length; the first rate that fits counts.'),
};

export const usagePriceSchema = z
  .strictObject({
    code: code.describe('Stable over versions: bills and totals go by it.'),
    usage: usageClass.describe('What is used.'),
    chargeClass: text.describe("One of the billing policy's: the bill line."),
    label: localizedText.describe('Text of the bill line.'),
    taxClass: code.describe("One of the tax policy's."),
    ...modelFields,
    atMost: pricePer
      .optional()
      .describe(
        'With `price`: linear until this is reached, then free until the block is full; then the same again.',
      ),
    zonePlan: code.optional().describe('With `rates`: the zone plan that knows their zones.'),
    calendar: code.optional().describe('With `rates`: the calendar that knows their bands.'),
    counted: increments
      .optional()
      .describe('At least the first, then whole ones of the second. Voice needs it.'),
    connectFee: decimal
      .optional()
      .describe(
        'Once per event of which anything is charged; with `rates`, for those that have none of their own.',
      ),
    counter: sharing.describe(
      'Where units are counted per bill period; a card group has one counter and one bill line, on its main card.',
    ),
    free: someQuantity.optional().describe('So much of a period costs nothing, before the price.'),
    minimumSpend: decimal
      .optional()
      .describe(
        'At least so much a period: whole once anything is charged, else by the days on which the product is held.',
      ),
    maximumSpend: decimal.optional().describe('At most so much a period; the service goes on.'),
    stopAt: decimal.optional().describe('At most so much a period; then the service stops.'),
    roundEach: rounding.optional().describe("Rounds each event's price; left out: exact to six decimals."),
    inForce: z
      .strictObject({
        from: localDate.describe('First day.'),
        to: localDate.optional().describe('First day no longer.'),
      })
      .optional()
      .describe(
        'Days on which usage starts that this price is for. Prices of one class follow each other without a gap.',
      ),
  })
  .meta({ title: 'a usage price' });

export const tariffSchema = z.strictObject({
  code: code.describe('Offers name it as their `usage`.'),
  prices: z
    .array(usagePriceSchema)
    .min(1)
    .max(LIST_LIMIT)
    .describe('One price for each class of usage, or several with dates.'),
});

export type AuthoredTariff = z.output<typeof tariffSchema>;
export type AuthoredUsagePrice = z.output<typeof usagePriceSchema>;
export type AuthoredRate = z.output<typeof rateSchema>;
