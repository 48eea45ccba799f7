import {
  addDays,
  amountToMoney,
  amountFromMicro,
  daysBetween,
  localDateFromEpochDay,
  epochDayOf,
  minMoney,
  moneyFromMinor,
  moneyToAmount,
  type LocalDate,
  type Money,
  zeroMoney,
} from '@ronghe/kernel';

/** What the late fee of a bill follows from; a change of any of it gives another fee, also of days that have passed. */
export interface FeeFacts {
  /** First late day. */
  lateFrom: LocalDate;
  /** What the bill asks for, less late fees on it: there is no fee on a fee. */
  principal: Money;
  /** What settled it, by value date: from that day on it is not owed. Credit notes were never owed and have none. */
  settled: readonly { from: LocalDate | null; amount: Money }[];
  /** What was not to be paid meanwhile: disputes, instalment plans. `to` is exclusive, null while it lasts. */
  held: readonly { from: LocalDate; to: LocalDate | null; amount: Money }[];
}

/** Days on which the same sum was overdue. */
export interface FeeSpan {
  from: LocalDate;
  /** Exclusive. */
  to: LocalDate;
  days: number;
  principal: Money;
}

/** Tenths of a thousandth: `3` is 30. */
export type FeeRate = bigint;

/** @param perMille decimal with one place at most, as the catalog has checked */
export function feeRateOf(perMille: string): FeeRate {
  const [whole = '0', tenth = '0'] = perMille.split('.');
  return BigInt(whole) * 10n + BigInt(tenth);
}

/** The overdue principal of each whole local day before `until`, in spans of the same sum; days without any are left out. */
export function feeSpans(facts: FeeFacts, until: LocalDate): FeeSpan[] {
  const turns = [
    facts.lateFrom,
    until,
    ...facts.settled.flatMap(({ from }) => from ?? []),
    ...facts.held.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
  ].filter((day) => day >= facts.lateFrom && day <= until);
  const days = [...new Set(turns.map(epochDayOf))].sort((a, b) => a - b).map(localDateFromEpochDay);
  return days.slice(0, -1).flatMap((from, index) => {
    const to = days[index + 1] ?? until;
    const principal = principalOn(facts, from);
    return principal > zeroMoney ? [{ from, to, days: daysBetween(from, to), principal }] : [];
  });
}

/** Σ principal × rate × days, simple, rounded once, at most what was overdue at its height. */
export function feeOf(spans: readonly FeeSpan[], rate: FeeRate): Money {
  // A fen is 10 000 micro-yuan, and a tenth of a thousandth of it is one: the sum is exact.
  const micro = spans.reduce(
    (sum, { principal, days }) =>
      sum + (moneyToAmount(principal) / MICRO_PER_RATE_UNIT) * rate * BigInt(days),
    0n,
  );
  const highest = spans.reduce((most, { principal }) => (principal > most ? principal : most), zeroMoney);
  return minMoney(amountToMoney(amountFromMicro(micro)), highest);
}

/** The day before a day: the last whole day that a fee through it counts. */
export function dayBefore(day: LocalDate): LocalDate {
  return addDays(day, -1);
}

function principalOn({ principal, settled, held }: FeeFacts, day: LocalDate): Money {
  const paid = settled
    .filter(({ from }) => from === null || from <= day)
    .reduce((sum, { amount }) => sum + amount, 0n);
  const withheld = held
    .filter(({ from, to }) => from <= day && (to === null || day < to))
    .reduce((sum, { amount }) => sum + amount, 0n);
  const left = principal - paid - withheld;
  return left > 0n ? moneyFromMinor(left) : zeroMoney;
}

const MICRO_PER_RATE_UNIT = 10_000n;
