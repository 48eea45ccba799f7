import { z } from 'zod';
import {
  code,
  localizedText,
  partPeriodRules,
  sharing,
  usageClass,
  wholeNumber,
  yesOrNo,
} from './authored-values';
import { quantity, someQuantity } from './authored-measures';

/** What a specification says of an allowance; how much of it there is, an offer says. */
export const allowanceRules = z
  .strictObject({
    label: localizedText.describe('Text to show.'),
    usage: z.array(usageClass).min(1).describe('Classes of usage that it covers, all of one unit.'),
    sharedBy: sharing.describe('Who uses it: its own product, or a main card with its sub cards.'),
    ...partPeriodRules,
    roundedUpTo: someQuantity.describe("A part period's share is rounded up to a multiple of this."),
    priority: wholeNumber(0, 1000).describe('Lower is used first among allowances of one rank.'),
    rank: z
      .enum(['base', 'add-on'], 'must be base or add-on')
      .meta({ written: 'base or add-on' })
      .optional()
      .describe('Base allowances are used before add-on packs, those before the price. Left out: base.'),
    zones: z
      .array(code)
      .min(1)
      .max(100)
      .optional()
      .describe("Only usage to these zones of the price's zone plan."),
    bands: z
      .array(code)
      .min(1)
      .max(100)
      .optional()
      .describe("Only usage in these bands of the price's calendar."),
    takenIn: someQuantity
      .optional()
      .describe('Each event takes whole ones of this: `1 min` for begun minutes. Left out: what it uses.'),
    blocker: yesOrNo.optional().describe('Once it is used up, usage that it covers is refused, not charged.'),
    rollover: z
      .strictObject({
        periods: z
          .literal('1', 'must be 1')
          .transform(() => 1 as const)
          .meta({ written: '1' })
          .describe('For how many following periods what is left may be used.'),
        order: z
          .enum(['before base', 'after base'], 'must be before base or after base')
          .meta({ written: 'before base or after base' })
          .describe("Whether it is used before or after the new period's own."),
        atMost: quantity.optional().describe('At most so much goes over; left out: all that is left.'),
      })
      .optional()
      .describe('What becomes of what is left at the end of a period; left out: it is lost.'),
  })
  .meta({ title: 'an allowance' });

/** Quantities by the name of the allowance. */
export const quantities = z.record(code, quantity);

export type AuthoredAllowanceRules = z.output<typeof allowanceRules>;
