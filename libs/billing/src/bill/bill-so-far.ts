import { addDays, localDateOf, startOfLocalDate, type BillPeriod, type Instant } from '@ronghe/kernel';
import type { DraftQuestion } from './draft-bill';

/** What of an account is billed outside its cycle. */
export type NowScope = 'so-far' | 'one-time';

/**
 * The part of a period that is over at the end of the local day of an instant: the same period, its days counted in
 * full, with an earlier end. A fee for it is the share of the days so far.
 */
export function periodSoFar(period: BillPeriod, now: Instant, zone: string): BillPeriod {
  const endDay = addDays(localDateOf(now, zone), 1);
  if (endDay >= period.endDay) return period;
  return { ...period, endDay, to: startOfLocalDate(endDay, zone) };
}

/**
 * What a bill outside the cycle depends on: the period so far with late differences of earlier ones, or one-time charges
 * alone. Fees in advance stay with the cycle's bill, which subtracts what is billed here.
 */
export function questionOfNow(question: DraftQuestion, scope: NowScope): DraftQuestion {
  const common = { ...question, hasAdvanceFees: false };
  if (scope === 'so-far') return common;
  return { ...common, reopened: [], holdings: [], usageTotals: new Map(), billed: [] };
}
