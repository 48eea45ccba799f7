import { billPeriodOf, moneyToDecimal } from '@ronghe/kernel';
import type { DraftLine } from '../src/bill/charge-line';
import type { DraftQuestion } from '../src/bill/draft-bill';
import { appliedDiscounts } from '../src/bill/line-discount';
import { lookupIn } from '../src/bill/offer-lookup';
import { accountDiscount, changedOffers, groupDiscount, pairOfFamilies } from './discount-family';
import { cycle, policies } from './documents';

/** What bills of two families depend on, and how their lines are read. */

export const pair = pairOfFamilies();

/** The question of each family for a period; `change` says what is different for one. */
export function pairQuestions(
  period: string,
  change: (index: number) => Partial<DraftQuestion> = () => ({}),
): DraftQuestion[] {
  return pair.map(({ account, products }, index) => ({
    accountId: account.accountId,
    paymentMode: 'postpaid',
    cycle,
    period: billPeriodOf(period, cycle),
    reopened: [],
    holdings: products,
    offers: lookupIn(changedOffers),
    hasAdvanceFees: false,
    policies: [...policies, groupDiscount, accountDiscount],
    usageTotals: new Map(),
    billed: [],
    oneTimeCharges: [],
    ...change(index),
  }));
}

/** `main 199.00 60.08 138.92`: card, amount, discount, net. */
export const shown = (lines: readonly DraftLine[] = []) =>
  lines.map((line) => [line.card, ...[line.amount, line.discount, line.net].map(moneyToDecimal)].join(' '));

/** `two-plans 15.90`. */
export const given = (lines: readonly DraftLine[] = []) =>
  appliedDiscounts(lines).map(({ code, amount }) => `${code} ${moneyToDecimal(amount)}`);
