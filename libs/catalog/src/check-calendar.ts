import type { BandDay, CalendarPolicy, TimeBand } from '@ronghe/contracts';
import type { Located, ProblemList } from './authored-set';

const allDays: readonly BandDay[] = [1, 2, 3, 4, 5, 6, 7, 'holiday'];

/** A moment as bands see it: the kind of the day before, the kind of the day, the time. */
interface Moment {
  before: BandDay;
  day: BandDay;
  time: string;
}

/** Holidays and bands are there once; a band that the bands before it always hide is refused. */
export function checkCalendar(at: Located<CalendarPolicy>, list: ProblemList): void {
  const { holidays, bands } = at.value;
  const known = new Set<string>();
  for (const day of holidays) {
    if (known.has(day)) list.add(at, ['holidays'], `${day} is there twice`);
    known.add(day);
  }
  const all = moments(bands);
  bands.forEach((own, index) => {
    const { code } = own;
    // A band of some months leaves the others to those behind it.
    const hiding = bands.slice(0, index).filter((band) => isSeasonOf(band, own));
    const isReached = all.some((moment) => fits(own, moment) && !hiding.some((band) => fits(band, moment)));
    if (bands.findIndex((band) => band.code === code) !== index) {
      list.add(at, ['bands', index, 'code'], `${code} is there twice`);
    } else if (!isReached) {
      list.add(at, ['bands', index], `${code} is never reached: bands before it have all of its time`);
    }
  });
}

/** Whether a band holds in every month and on every day of the month on which another one does. */
function isSeasonOf(band: TimeBand, other: TimeBand): boolean {
  const isWithin = (wide: number[] | undefined, narrow: number[] | undefined) =>
    wide === undefined || (narrow !== undefined && narrow.every((each) => wide.includes(each)));
  return isWithin(band.months, other.months) && isWithin(band.monthDays, other.monthDays);
}

/** Every pair of days that can follow each other, at every time at which something begins or ends. */
function moments(bands: readonly TimeBand[]): Moment[] {
  const times = [...new Set(['00:00', ...bands.flatMap(({ from, to }) => [from, to])])];
  const follows = (before: BandDay, day: BandDay): boolean =>
    before === 'holiday' || day === 'holiday' || day === (before % 7) + 1;
  return allDays.flatMap((before) =>
    allDays
      .filter((day) => follows(before, day))
      .flatMap((day) => times.map((time) => ({ before, day, time }))),
  );
}

function fits({ days, from, to }: TimeBand, { before, day, time }: Moment): boolean {
  if (from < to) return days.includes(day) && from <= time && time < to;
  return (days.includes(day) && from <= time) || (days.includes(before) && time < to);
}
