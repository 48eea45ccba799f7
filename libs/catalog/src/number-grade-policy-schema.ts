import { z } from 'zod';
import { code, decimal, localizedText, text } from './authored-values';
import { policyHead } from './policy-head';

/** Grades that inventory gives to numbers; an ordinary one has no minimum. */
const GRADES = ['bronze', 'silver', 'gold', 'platinum', 'diamond'] as const;

export const numberGradeSchema = z
  .strictObject({
    kind: z.literal('number-grade').describe('What the file is.'),
    ...policyHead,
    label: localizedText.describe('Text of the bill line.'),
    chargeClass: text.describe('Charge class of the line.'),
    taxClass: code.describe('Tax class of the line.'),
    minimums: z
      .array(
        z.strictObject({
          grade: z
            .enum(GRADES, `must be one of ${GRADES.join(', ')}`)
            .describe('Grade of a number in stock.'),
          amount: decimal
            .regex(/^\d{1,9}(\.\d{1,2})?$/, 'must be yuan and fen')
            .describe('Least that is paid for a whole bill period.'),
        }),
      )
      .min(1)
      .max(GRADES.length)
      .describe('Minimum spend by grade; a grade that is not named has none.'),
    prepaid: z
      .literal('at period end', 'must be at period end')
      .transform(() => 'at-period-end' as const)
      .optional()
      .meta({ written: 'at period end' })
      .describe('Taken from the money of prepaid accounts with the statement; left out: they owe none.'),
  })
  .transform(({ prepaid, ...rest }) => ({ ...rest, ...(prepaid && { prepaid }) }));
