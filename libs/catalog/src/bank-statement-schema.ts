import { z } from 'zod';
import { localizedText, text, wholeNumber } from './authored-values';
import { policyHead } from './policy-head';

const REMARKS_LIMIT = 10;

/** How a bank writes its statements; its output is the document itself. */
export const bankStatementSchema = z.strictObject({
  kind: z.literal('bank-statement').describe('What the file is.'),
  ...policyHead,
  name: localizedText.describe('Name to show.'),
  delimiter: z
    .string()
    .transform((value) => (value === 'tab' ? '\t' : value))
    .refine((value) => [...value].length === 1, 'must be one character, or tab')
    .default(',')
    .describe('Between columns; `tab` for a tab.'),
  skipLines: wholeNumber(0, 50).default(0).describe('Lines before the one that names the columns.'),
  columns: z
    .strictObject({
      reference: text
        .optional()
        .describe('The bank’s own id of a line; left out: lines are told apart by their content.'),
      valueDate: text.describe('The day from which the money counts.'),
      amount: text.describe('Money that came in; other lines are passed over.'),
      payer: text.optional().describe('Who paid.'),
      remarks: z.array(text).min(1).max(REMARKS_LIMIT).describe('Where payers write what they pay for.'),
    })
    .transform(({ reference, payer, ...rest }) => ({
      ...rest,
      reference: reference ?? null,
      payer: payer ?? null,
    }))
    .describe('Names of columns.'),
  dateFormat: z
    .enum(['YYYY-MM-DD', 'YYYY/MM/DD', 'YYYYMMDD'], 'must be YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD')
    .describe('How days are written.'),
  matchBy: z
    .array(z.enum(['bill-number', 'account', 'amount'], 'must be bill-number, account or amount'))
    .min(1)
    .max(3)
    .describe('By what a line finds its account, in this order: `bill-number`, `account`, `amount`.'),
});
