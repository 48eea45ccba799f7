import { code, localDate, wholeNumber } from './authored-values';

/** What every policy file says of itself, beside its kind. */
export const policyHead = {
  code: code.describe('Names the policy for ever, over all versions.'),
  version: wholeNumber(1, 1_000_000).describe('Once published only the end may change.'),
  effectiveFrom: localDate.describe('First day in force.'),
  effectiveTo: localDate
    .optional()
    .transform((value) => value ?? null)
    .describe('First day no longer, where the next version begins; left out: open.'),
};
