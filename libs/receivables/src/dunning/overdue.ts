import {
  addDays,
  compareMoney,
  daysBetween,
  moneyFromMinor,
  sumMoney,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';

/** What dunning sees of an unpaid bill, or of a part of one. */
export interface Debt {
  billId: string;
  /** First local day on which it is late, after days that do not count. */
  lateFrom: LocalDate;
  /** Open, less what is disputed or paid by an instalment plan. */
  amount: Money;
}

/** What is late on a day. */
export interface Overdue {
  /** Whole local days since the oldest one became late; 0 on its first late day. */
  days: number;
  /** When the oldest one became late. */
  since: LocalDate;
  amount: Money;
  bills: number;
}

/** What of the debts is late on a day; null when nothing is. */
export function overdueOn(debts: readonly Debt[], day: LocalDate): Overdue | null {
  const late = debts.filter(({ lateFrom, amount }) => lateFrom <= day && compareMoney(amount, nothing) > 0);
  const since = late.map(({ lateFrom }) => lateFrom).sort()[0];
  if (since === undefined) return null;
  return {
    days: daysBetween(since, day),
    since,
    amount: sumMoney(late.map(({ amount }) => amount)),
    bills: new Set(late.map(({ billId }) => billId)).size,
  };
}

/** A span of local days; `to` is exclusive, null while it lasts. */
export interface DaySpan {
  from: LocalDate;
  to: LocalDate | null;
}

/** How many days from `from` on lie in any of the spans; days that lie in several count once. */
export function daysWithin(spans: readonly DaySpan[], from: LocalDate, until: LocalDate): number {
  let counted = 0;
  let reached = from;
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const start = span.from > reached ? span.from : reached;
    const end = span.to === null || span.to > until ? until : span.to;
    if (end <= start) continue;
    counted += daysBetween(start, end);
    reached = end;
  }
  return counted;
}

/** When a bill counts as late if the days of the spans do not. */
export function lateFromWithout(spans: readonly DaySpan[], lateFrom: LocalDate, today: LocalDate): LocalDate {
  return addDays(lateFrom, daysWithin(spans, lateFrom, today));
}

const nothing = moneyFromMinor(0n);
