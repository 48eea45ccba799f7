import { z } from 'zod';
import { allowanceRules, quantities } from './allowance-schema';
import {
  atMost,
  code,
  countRange,
  decimal,
  LIST_LIMIT,
  localDate,
  localizedText,
  partPeriodRules,
  percentage,
  text,
  wholeNumber,
  yesOrNo,
} from './authored-values';
import { days } from './authored-measures';
import { contractSchema } from './contract-schema';
import { tariffSchema } from './usage-price-schema';

/** The form in which a product manager writes offers. `resolve-offer.ts` makes OfferDocuments of it. */

const lineOfBusiness = z
  .enum(['mobile', 'broadband', 'iptv', 'fixed-voice', 'cloud', 'convergent'])
  .meta({ written: 'mobile, broadband, iptv, fixed-voice, cloud or convergent' });
const resourceKind = z.enum(['mobile_number', 'fixed_number', 'sim', 'optical_terminal', 'set_top_box']);
const role = z
  .enum(['main', 'sub', 'broadband', 'iptv', 'fixed', 'cloud'])
  .meta({ written: 'main, sub, broadband, iptv, fixed or cloud' });
const afterEnd = z
  .enum(['ends', 'stays'], 'must be ends or stays')
  .meta({ written: 'ends or stays' })
  .describe(
    'What becomes of it once the bundle has ended: the member goes on by its own offer, or keeps it.',
  );
const characteristics = z.record(code, text);
const version = wholeNumber(1, 1_000_000).describe(
  'Once published only the end may change; write the next version instead, and end this one where it starts.',
);
const corrects = wholeNumber(1, 1_000_000)
  .optional()
  .describe('The earlier version that this one mends, also for what was sold and used before.');
const offerCode = code.describe('Names it for ever, over all versions.');

const feeRules = z.strictObject({
  chargeClass: text.describe("One of the billing policy's: the bill line."),
  taxClass: code.describe("One of the tax policy's."),
  timing: z
    .enum(['advance', 'arrears'], 'must be advance or arrears')
    .meta({ written: 'advance or arrears' })
    .describe('Charged before or after its period.'),
  whileStopped: z
    .enum(['charged', 'paused'], 'must be charged or paused')
    .optional()
    .meta({ written: 'charged or paused' })
    .describe('Whole days of a full stop that the customer wished; else charged.'),
  ...partPeriodRules,
});

export const specificationSchema = z.strictObject({
  code: code.describe('Offers name it.'),
  name: localizedText.describe('Name to show.'),
  lineOfBusiness: lineOfBusiness.describe('Where it belongs.'),
  stock: z
    .array(resourceKind)
    .max(10)
    .describe(`Kinds of stock that one product needs: ${resourceKind.options.join(', ')}.`),
  characteristics: characteristics
    .default({})
    .describe('What provisioning must know, where an offer says nothing else: `{ quotaGb: 30 }`.'),
  fee: feeRules.describe('How the fee of its offers is charged.'),
  allowances: z
    .record(code, allowanceRules)
    .default({})
    .describe('By name, the rules of the allowances that its offers may include.'),
});

const discountSchema = z.strictObject({
  code: code.describe('Stable within the offer.'),
  label: localizedText.describe('Text of the bill line.'),
  percent: percentage.describe("Of the period's fee."),
  periods: wholeNumber(1, 120).describe('For so many bill periods.'),
  startsAfter: z
    .string()
    .regex(/^\d{1,3} periods?$/, 'must be such as 1 period')
    .transform((value) => Number.parseInt(value, 10))
    .meta({ written: '`1 period`' })
    .describe('How many periods after the one of the order it starts.'),
  onlyOrderedAlone: yesOrNo.describe(
    'Never for a product that was ordered in a bundle, also after the bundle has ended.',
  ),
});

const priceChangeSchema = z.strictObject({
  code: code.describe('Stable within the offer.'),
  label: localizedText.describe('Text to show.'),
  of: z
    .strictObject({
      offer: code.optional().describe('Products of this offer;'),
      specification: code.optional().describe('or products of this specification.'),
    })
    .describe('The other products whose price changes.'),
  within: z
    .enum(['account', 'balance group'], 'must be account or balance group')
    .transform((value) => (value === 'balance group' ? 'balance-group' : value))
    .meta({ written: 'account or balance group' })
    .describe('Where the other product has to be.'),
  price: code.optional().describe('`monthly-fee`, or the code of a usage price; left out: every fee.'),
  to: decimal.optional().describe('The fee that holds instead; or else `percentLess`.'),
  percentLess: percentage.optional().describe('So much less.'),
  priority: wholeNumber(0, 1000).describe('Where several change one price: lower first.'),
});

const saleWindow = {
  from: localDate.describe('First day of sale.'),
  to: localDate.optional().describe('First day on which it is not sold any more; left out: open.'),
};

export const offerSchema = z.strictObject({
  code: offerCode,
  version,
  corrects,
  name: localizedText.describe('Name to show, and text of its fee on the bill.'),
  specification: code.describe('What the product is.'),
  characteristics: characteristics.default({}).describe('What provisioning must know: `{ downMbit: 500 }`.'),
  sale: z
    .strictObject({
      ...saleWindow,
      alone: yesOrNo.describe('May be ordered outside a bundle.'),
      requires: z
        .array(code)
        .max(10)
        .default([])
        .describe(
          'The account must own, or the basket hold, a product of one of these specifications: `[broadband]`.',
        ),
      atMost: atMost.optional().describe('So many products of it.'),
    })
    .describe('When and how it may be sold.'),
  fee: decimal.optional().describe('Per bill period. Left out: the product costs nothing by itself.'),
  feeParts: z
    .array(
      z.strictObject({
        taxClass: code.describe("One of the tax policy's."),
        label: localizedText.describe('Text of the bill line.'),
        standAlone: decimal
          .refine((price) => /[1-9]/.test(price), 'must be above zero')
          .describe('What the service costs alone.'),
      }),
    )
    .min(2)
    .max(10)
    .optional()
    .describe(
      'Services of several tax classes that the fee is for: it is split over them by what each costs alone.',
    ),
  usage: text
    .optional()
    .describe("A tariff's code, or `as main card`; left out where the product has no usage."),
  allowances: quantities
    .default({})
    .describe('Per bill period, by the names that the specification gives rules for: `{ data: 30 GB }`.'),
  membersAtMost: quantities
    .default({})
    .describe('How much of a shared allowance each other member may use a period: `{ data: 10 GB }`.'),
  validFor: days
    .optional()
    .describe(
      'Allowances are granted once and last so long from the start of the product, over period ends.',
    ),
  changeTakesEffect: z
    .enum(['next period', 'at once'], 'must be next period or at once')
    .optional()
    .meta({ written: 'next period or at once' })
    .describe(
      'From when a product that is moved to this offer is held on it: the start of a bill period to come, or of the day; left out: next period.',
    ),
  move: z
    .strictObject({
      fee: decimal.describe('For each move.'),
      label: localizedText.describe('Text of the bill line.'),
      chargeClass: text.describe("One of the billing policy's: the bill line."),
      taxClass: code.describe("One of the tax policy's."),
      renews: z
        .array(resourceKind)
        .max(10)
        .default([])
        .describe('Kinds of stock that are given back and taken anew: `[optical_terminal]`; a number stays.'),
    })
    .optional()
    .describe(
      'What moving a product to another address costs; left out: nothing, for broadband, iptv and fixed-voice.',
    ),
  contract: contractSchema
    .optional()
    .describe('For how long it is taken, what is given for it, what leaving costs.'),
  discounts: z.array(discountSchema).max(20).default([]).describe('From its own fee.'),
  priceChanges: z
    .array(priceChangeSchema)
    .max(50)
    .default([])
    .describe('What owning it changes about the price of other products.'),
});

export const bundleSchema = z.strictObject({
  code: offerCode,
  version,
  corrects,
  name: localizedText.describe('Name to show.'),
  sale: z.strictObject(saleWindow).describe('When it may be sold.'),
  members: z
    .array(
      z.strictObject({
        role: role.describe('What the product is in the bundle.'),
        offer: code.describe("The member's offer, each once."),
        count: countRange.describe('How many the bundle has.'),
      }),
    )
    .min(2)
    .max(50)
    .describe('The offers that it consists of.'),
  holdsWhile: z
    .array(code)
    .min(1)
    .max(10)
    .describe(
      'Offers of members: it holds from when all are active until the end of the period in which one is lost.',
    ),
  prices: z
    .array(
      z.strictObject({
        member: code.describe("The member's offer."),
        code: code.describe('Stable within the bundle.'),
        label: localizedText.describe('Text of the discount.'),
        fee: decimal.describe("Instead of the member's own fee, not more than it."),
        afterEnd,
      }),
    )
    .max(50)
    .default([])
    .describe('Fees of members while it holds, shown as list amount and discount.'),
  allowances: z
    .array(
      z.strictObject({
        member: code.describe("The member's offer; its specification has the rules."),
        includes: quantities.describe('What is granted while the bundle holds.'),
        membersAtMost: quantities
          .default({})
          .describe('How much of a shared allowance each other member may use a period.'),
        replaces: z
          .array(code)
          .max(20)
          .default([])
          .describe("The member's own allowances that are not granted meanwhile."),
        afterEnd,
      }),
    )
    .max(50)
    .default([])
    .describe('Allowances of members while it holds.'),
});

/** A file in `catalog/`. */
export const catalogFileSchema = z.strictObject({
  specifications: z.array(specificationSchema).max(LIST_LIMIT).default([]),
  tariffs: z.array(tariffSchema).max(LIST_LIMIT).default([]),
  offers: z.array(offerSchema).max(LIST_LIMIT).default([]),
  bundles: z.array(bundleSchema).max(LIST_LIMIT).default([]),
});

export type AuthoredSpecification = z.output<typeof specificationSchema>;
export type AuthoredOffer = z.output<typeof offerSchema>;
export type AuthoredBundle = z.output<typeof bundleSchema>;
export type AuthoredPriceChange = z.output<typeof priceChangeSchema>;
