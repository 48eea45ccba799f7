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
  const reached = new Set(moments(bands).map((moment) => bands.findIndex((band) => fits(band, moment))));
  bands.forEach(({ code }, index) => {
    if (bands.findIndex((band) => band.code === code) !== index) {
      list.add(at, ['bands', index, 'code'], `${code} is there twice`);
    } else if (!reached.has(index)) {
      list.add(at, ['bands', index], `${code} is never reached: bands before it have all of its time`);
    }
  });
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
