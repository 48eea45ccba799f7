import type { BandDay, TimeBand } from '@ronghe/contracts';
import type { DaySelector } from './rate-tables';

/** A band of the calendar, and the days and the time of day that it stands for. */
export interface TariffBand {
  document: TimeBand;
  /** The selectors that all hold on its days, and no others do. */
  selectors: readonly DaySelector[];
  /** Minute of the day at which it begins. */
  from: number;
}

const MINUTES_OF_DAY = 24 * 60;
/** So many kinds of days can be told apart: each more doubles the bands. */
export const SELECTOR_LIMIT = 6;

/**
 * The bands of a tariff: each set of selectors that may hold on one day, by stretches of the day. Those of the most
 * selectors come first, so that the first band that fits is of all that hold.
 * @param edges minutes of the day at which something begins or ends
 */
export function bandsOf(selectors: readonly DaySelector[], edges: readonly number[]): TariffBand[] {
  const starts = [...new Set([0, ...edges])].filter((edge) => edge < MINUTES_OF_DAY).sort((a, b) => a - b);
  const sets = subsets(selectors)
    .map((members) => ({ members, days: sharedDays(members) }))
    .filter(({ days }) => Object.values(days).every((list) => list === null || list.length > 0))
    .sort((a, b) => b.members.length - a.members.length);
  return sets.flatMap(({ members, days }, set) =>
    starts.map((from, index) => {
      const code = `days-${set}-${timeOf(from).replace(':', '')}`;
      const to = starts[index + 1] ?? 0;
      return {
        document: {
          code,
          label: { en: code, 'zh-CN': code },
          days: (days.weekdays ?? everyDay) as BandDay[],
          ...(days.months && { months: [...days.months] }),
          ...(days.monthDays && { monthDays: [...days.monthDays] }),
          from: timeOf(from),
          to: timeOf(to),
        },
        selectors: members,
        from,
      };
    }),
  );
}

const everyDay: BandDay[] = [1, 2, 3, 4, 5, 6, 7, 'holiday'];

function subsets<T>(list: readonly T[]): T[][] {
  return list.reduce<T[][]>((sets, each) => [...sets, ...sets.map((set) => [...set, each])], [[]]);
}

/** The days on which all of them hold. */
function sharedDays(selectors: readonly DaySelector[]): DaySelector {
  const shared = (name: keyof DaySelector) =>
    selectors.reduce<readonly number[] | null>((days, selector) => {
      const own = selector[name];
      if (own === null) return days;
      return days === null ? own : days.filter((day) => own.includes(day));
    }, null);
  return { weekdays: shared('weekdays'), months: shared('months'), monthDays: shared('monthDays') };
}

function timeOf(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${part(Math.floor(minutes / 60))}:${part(minutes % 60)}`;
}
