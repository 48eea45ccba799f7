import { z } from 'zod';
import { code, LIST_LIMIT, text, wholeNumber } from './authored-values';
import { policyHead } from './policy-head';

/** Unified social credit code, or the taxpayer's number of 15, 18 or 20 characters. */
const taxNumber = text.regex(/^[0-9A-Z]{15,20}$/, 'must be 15 to 20 digits and capital letters');
const orNone = z.union([z.literal('none').transform(() => null), text], 'must be a text, or none');

/** How bills reach customers, and who sells on their tax invoices. */
export const billDeliverySchema = z.strictObject({
  kind: z.literal('bill-delivery').describe('What the file is.'),
  ...policyHead,
  channel: z
    .enum(['none', 'file'])
    .describe(
      'For accounts that have not said what they wish: a file in the folder of the operator, or nothing.',
    ),
  language: z.enum(['en', 'zh-CN']).describe('For accounts that have not said what they wish.'),
  attachments: z
    .array(z.enum(['pdf', 'html', 'tax-invoice']))
    .min(1)
    .max(3)
    .describe('What goes with a bill; for accounts that have not said what they wish.'),
  retry: z
    .strictObject({
      firstSeconds: wholeNumber(1, 3600).describe('Pause after the first failure; it doubles with each.'),
      longestSeconds: wholeNumber(1, 86_400).describe('No pause is longer.'),
      attempts: wholeNumber(1, 50).describe('After so many failures a person must look.'),
    })
    .describe('How often a delivery, or a tax invoice, is tried.'),
  sender: text
    .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'must be an e-mail address')
    .describe('Where e-mail comes from.'),
  taxInvoices: z.enum(['all', 'wished']).describe('Bills of all accounts, or of those that wish it.'),
  seller: z
    .strictObject({
      name: text.describe('As registered.'),
      taxNumber: taxNumber.describe('Unified social credit code.'),
      address: orNone.describe('Address and telephone, or none.'),
      bank: orNone.describe('Bank and account, or none.'),
    })
    .describe('Who sells, on tax invoices.'),
  items: z
    .array(
      z.strictObject({
        taxClass: code.describe('Of the tax policy.'),
        code: text.regex(/^\d{19}$/, 'must be 19 digits').describe('Code of goods and services.'),
        name: text.describe('With its short category between two asterisks, as the platform wants it.'),
      }),
    )
    .max(LIST_LIMIT)
    .describe('What the tax platform calls what is sold.'),
});
