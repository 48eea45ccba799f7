import type { UsageSourcePolicy } from '@ronghe/contracts';
import {
  instantAtLocalTime,
  instantFromIso,
  instantFromMs,
  instantToMs,
  isDomainError,
  localDateOf,
  localTimeMsOf,
  parseLocalDate,
  type Instant,
} from '@ronghe/kernel';
import { Unreadable } from './unreadable';

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})?$/;
const EPOCH = /^\d{1,15}$/;

type Mapping = Pick<UsageSourcePolicy, 'zone' | 'startFormat' | 'columns'>;

/** Reads the start of a usage. The reader throws Unreadable for what is no date and time. */
export function startReader({ zone, startFormat = 'iso', columns }: Mapping): (text: string) => Instant {
  const read = formats[startFormat];
  return (text) => {
    try {
      const instant = read(text, zone);
      if (instant) return instant;
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
    throw new Unreadable(`${columns.start} is not a date and time`);
  };
}

/** A time as `iso` reads it, in words of the mapping's own format; what is none, as it is. */
export function startText({ zone, startFormat = 'iso' }: Mapping, text: string): string {
  try {
    const instant = startFormat === 'iso' ? null : formats.iso(text, zone);
    return instant === null ? text : texts[startFormat](instant, zone);
  } catch (error) {
    if (isDomainError(error)) return text;
    throw error;
  }
}

const texts: Record<keyof typeof formats, (instant: Instant, zone: string) => string> = {
  iso: (instant) => instant,
  compact: (instant, zone) => {
    const time = new Date(localTimeMsOf(instant, zone)).toISOString().slice(11, 23).replace(/\D/g, '');
    const date = localDateOf(instant, zone).replaceAll('-', '');
    return `${date}${time}`;
  },
  'epoch-seconds': (instant) => String(Math.floor(instantToMs(instant) / 1000)),
  'epoch-milliseconds': (instant) => String(instantToMs(instant)),
};

type Format = (text: string, zone: string) => Instant | null;

const formats: Record<NonNullable<UsageSourcePolicy['startFormat']>, Format> = {
  /** A time with an offset is an instant; one without is wall-clock time in the mapping's zone. */
  iso: (text, zone) => {
    const local = LOCAL_TIME.exec(text);
    if (!local) return instantFromIso(text);
    const [, date = '', ...time] = local;
    return localInstant(date, time, zone);
  },
  compact: (text, zone) => {
    const match = COMPACT.exec(text);
    if (!match) return null;
    const [, year = '', month = '', day = '', ...time] = match;
    return localInstant(`${year}-${month}-${day}`, time, zone);
  },
  'epoch-seconds': (text) => (EPOCH.test(text) ? instantFromMs(Number(text) * 1000) : null),
  'epoch-milliseconds': (text) => (EPOCH.test(text) ? instantFromMs(Number(text)) : null),
};

/** @param time hour, minute, second and perhaps milliseconds */
function localInstant(date: string, time: readonly (string | undefined)[], zone: string): Instant | null {
  const [hour = 0, minute = 0, second = 0, ms = 0] = time.map((text) => Number(text ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  return instantAtLocalTime(parseLocalDate(date), ((hour * 60 + minute) * 60 + second) * 1000 + ms, zone);
}
