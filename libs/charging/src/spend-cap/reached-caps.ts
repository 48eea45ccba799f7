import type { OnlineChargingPolicy } from '@ronghe/contracts';
import { amountFromDecimal, sumAmounts, type Amount, type LocalDate } from '@ronghe/kernel';
import type { ReachedCap, SpendCap } from './spend-cap';

/** The cap of every product of which nobody said another one. */
export interface DefaultCap extends SpendCap {
  /** Days before it are not looked at. */
  since: LocalDate;
}

/** What a policy says of products of which nobody said anything; null: nothing. */
export function defaultCapOf({ spendCap }: Pick<OnlineChargingPolicy, 'spendCap'>): SpendCap | null {
  return spendCap
    ? { amount: amountFromDecimal(spendCap.amount), per: spendCap.per, atLimit: 'block' }
    : null;
}

/**
 * What of a product's spending has reached its cap: the period, or days of it; nothing that cost nothing does.
 * @param said what was said of its cap last; null: that it has none; undefined: nothing, and the policy's holds
 */
export function reachedCaps(
  { days, ...at }: Omit<ReachedCap, 'span' | 'cap' | 'spent'> & { days: Readonly<Record<string, Amount>> },
  said: SpendCap | null | undefined,
  fallback: DefaultCap | null,
): ReachedCap[] {
  const cap = said === undefined ? fallback : said;
  if (!cap) return [];
  const since = said === undefined ? (fallback?.since ?? '') : '';
  const spans: [span: string, spent: Amount][] =
    cap.per === 'day'
      ? Object.entries(days).filter(([day]) => day >= since)
      : [[at.period, sumAmounts(Object.values(days))]];
  return spans
    .filter(([, spent]) => spent > 0n && spent >= cap.amount)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([span, spent]) => ({ ...at, span, cap: cap.amount, spent }));
}
