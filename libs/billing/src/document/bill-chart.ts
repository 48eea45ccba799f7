import { moneyToDecimal, zeroMoney, type Money } from '@ronghe/kernel';

/** How many months the chart of a bill shows, its own the last. */
export const CHART_MONTHS = 6;

/** What an account was billed for a period. */
export interface PeriodTotal {
  period: string;
  total: Money;
}

/** A month of the chart. */
export interface ChartBar {
  period: string;
  /** As people read it: `131.67`; null: no bill. */
  amount: string | null;
  /** Height in thousandths of the highest bar; 0 for credit notes and months without a bill. */
  permille: number;
  /** The month of the bill itself. */
  isOwn: boolean;
}

/** Keys of the months that end with a period, the earliest first: `2025-11` … `2026-04`. */
export function monthsEnding(period: string, count: number = CHART_MONTHS): string[] {
  const [year, month] = period.split('-').map(Number);
  const last = (year ?? 0) * 12 + (month ?? 1) - 1;
  return Array.from({ length: count }, (_, index) => {
    const at = last - (count - 1 - index);
    const monthText = String((at % 12) + 1).padStart(2, '0');
    return `${String(Math.floor(at / 12)).padStart(4, '0')}-${monthText}`;
  });
}

/** Bars of the months that end with the bill's; a month's bills are added up before this. */
export function chartBars(period: string, totals: readonly PeriodTotal[]): ChartBar[] {
  const highest = totals.reduce((most, { total }) => (total > most ? total : most), zeroMoney);
  return monthsEnding(period).map((month) => {
    const found = totals.find((each) => each.period === month);
    return {
      period: month,
      amount: found ? moneyToDecimal(found.total) : null,
      permille: found && found.total > zeroMoney ? Number((found.total * 1000n) / highest) : 0,
      isOwn: month === period,
    };
  });
}
