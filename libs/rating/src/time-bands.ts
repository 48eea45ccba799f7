import type { BandDay, CalendarPolicy, TimeBand } from '@ronghe/contracts';
import {
  addDays,
  instantFromMs,
  instantToMs,
  localDateOf,
  localTimeMsOf,
  startOfLocalDate,
  weekdayOf,
  type LocalDate,
} from '@ronghe/kernel';

/** A calendar in a time zone, made ready. */
export interface CompiledCalendar {
  readonly document: CalendarPolicy;
  readonly zone: string;
  /** The band of an instant (milliseconds since 1970), and until when it holds for certain. */
  bandAt(ms: number): BandSpan;
}

/** A stretch of time in one band; half-open. */
export interface BandSpan {
  /** '' where no band fits. */
  band: string;
  fromMs: number;
  toMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** UTC days whose spans are kept; beyond, the cache starts anew. */
const DAY_LIMIT = 1024;

const compiled = new WeakMap<CalendarPolicy, Map<string, CompiledCalendar>>();

/** Makes a calendar ready for a zone; the same document object is compiled once for each. @throws DomainError('invalid_zone'). */
export function compileCalendar(document: CalendarPolicy, zone: string): CompiledCalendar {
  const known = compiled.get(document)?.get(zone);
  if (known) return known;
  const calendar = new Calendar(document, zone);
  const byZone = compiled.get(document) ?? new Map<string, CompiledCalendar>();
  compiled.set(document, byZone.set(zone, calendar));
  return calendar;
}

/** A band on one day: what part of the day's wall clock it covers. */
interface DayBand {
  code: string;
  fromMs: number;
  toMs: number;
}

class Calendar implements CompiledCalendar {
  private readonly holidays: ReadonlySet<string>;
  private readonly bands: { band: TimeBand; days: ReadonlySet<BandDay>; fromMs: number; toMs: number }[];
  private readonly days = new Map<number, BandSpan[]>();
  private last: BandSpan = { band: '', fromMs: 0, toMs: 0 };

  constructor(
    readonly document: CalendarPolicy,
    readonly zone: string,
  ) {
    this.holidays = new Set(document.holidays);
    this.bands = document.bands.map((band) => ({
      band,
      days: new Set(band.days),
      fromMs: timeMsOf(band.from),
      toMs: timeMsOf(band.to),
    }));
  }

  bandAt(ms: number): BandSpan {
    if (this.last.fromMs <= ms && ms < this.last.toMs) return this.last;
    for (const span of this.spansAround(Math.floor(ms / DAY_MS))) {
      if (span.fromMs <= ms && ms < span.toMs) return (this.last = span);
    }
    return { band: '', fromMs: ms, toMs: ms + 1 };
  }

  /** The spans of the local days that a UTC day touches. */
  private spansAround(utcDay: number): BandSpan[] {
    const known = this.days.get(utcDay);
    if (known) return known;
    const last = localDateOf(instantFromMs((utcDay + 1) * DAY_MS - 1), this.zone);
    const spans: BandSpan[] = [];
    for (
      let day = localDateOf(instantFromMs(utcDay * DAY_MS), this.zone);
      day <= last;
      day = addDays(day, 1)
    ) {
      spans.push(...this.spansOf(day));
    }
    if (this.days.size >= DAY_LIMIT) this.days.clear();
    this.days.set(utcDay, spans);
    return spans;
  }

  /**
   * The spans of a local day. Where the clocks change, the wall clock shows some times twice or never, so the day is
   * walked minute by minute: no zone changes its clocks within one, and no band begins within one.
   */
  private spansOf(day: LocalDate): BandSpan[] {
    const bands = this.bandsOf(day);
    const startMs = instantToMs(startOfLocalDate(day, this.zone));
    const endMs = instantToMs(startOfLocalDate(addDays(day, 1), this.zone));
    const isRegular = endMs - startMs === DAY_MS;
    return isRegular ? regularSpans(bands, startMs) : this.irregularSpans(bands, startMs, endMs);
  }

  private irregularSpans(bands: readonly DayBand[], startMs: number, endMs: number): BandSpan[] {
    const spans: BandSpan[] = [];
    for (let ms = startMs; ms < endMs; ms += MINUTE_MS) {
      append(
        spans,
        bandOn(bands, localTimeMsOf(instantFromMs(ms), this.zone)),
        ms,
        Math.min(ms + MINUTE_MS, endMs),
      );
    }
    return spans;
  }

  /** In the order of the document; a band over midnight belongs to the day on which it begins. */
  private bandsOf(day: LocalDate): DayBand[] {
    const today = this.kindOf(day);
    const yesterday = this.kindOf(addDays(day, -1));
    const before = addDays(day, -1);
    return this.bands.flatMap(({ band, days, fromMs, toMs }) => {
      const { code } = band;
      const isOver = toMs <= fromMs;
      const holdsToday = days.has(today) && isInSeason(band, day);
      const holdsOver = isOver && days.has(yesterday) && isInSeason(band, before);
      return [
        ...(holdsToday ? [{ code, fromMs, toMs: isOver ? DAY_MS : toMs }] : []),
        ...(holdsOver ? [{ code, fromMs: 0, toMs }] : []),
      ];
    });
  }

  private kindOf(day: LocalDate): BandDay {
    return this.holidays.has(day) ? 'holiday' : (weekdayOf(day) as BandDay);
  }
}

/** Whether a band holds in the month and on the day of the month. */
function isInSeason({ months, monthDays }: TimeBand, day: LocalDate): boolean {
  return (
    (!months || months.includes(Number(day.slice(5, 7)))) &&
    (!monthDays || monthDays.includes(Number(day.slice(8))))
  );
}

function regularSpans(bands: readonly DayBand[], startMs: number): BandSpan[] {
  const edges = [...new Set([0, DAY_MS, ...bands.flatMap(({ fromMs, toMs }) => [fromMs, toMs])])].sort(
    (a, b) => a - b,
  );
  const spans: BandSpan[] = [];
  for (const [index, fromMs] of edges.entries()) {
    const toMs = edges[index + 1];
    if (toMs !== undefined && fromMs >= 0 && toMs <= DAY_MS)
      append(spans, bandOn(bands, fromMs), startMs + fromMs, startMs + toMs);
  }
  return spans;
}

function append(spans: BandSpan[], band: string, fromMs: number, toMs: number): void {
  const last = spans.at(-1);
  if (last?.band === band) last.toMs = toMs;
  else spans.push({ band, fromMs, toMs });
}

/** The first band that covers a time of day; '' for none. */
function bandOn(bands: readonly DayBand[], timeMs: number): string {
  return bands.find(({ fromMs, toMs }) => fromMs <= timeMs && timeMs < toMs)?.code ?? '';
}

/** `HH:MM` in milliseconds; `24:00` is the end of the day. */
function timeMsOf(text: string): number {
  return Number(text.slice(0, 2)) * HOUR_MS + Number(text.slice(3, 5)) * MINUTE_MS;
}
