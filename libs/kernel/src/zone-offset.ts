import { DomainError } from './domain-error';

/** A stretch of time in which a zone keeps one UTC offset (local − UTC); half-open, milliseconds. */
export interface OffsetSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

interface Zone {
  format: Intl.DateTimeFormat;
  /** Per UTC day the one span that fills it, or the two around its transition. */
  days: Map<number, readonly OffsetSpan[]>;
}

const DAY_MS = 86_400_000;
/** Zones, and days of each, that are kept; beyond, the cache starts anew. */
const ZONE_LIMIT = 64;
const DAY_LIMIT = 4096;

const zones = new Map<string, Zone>();

/**
 * The offsets that are in force during a UTC day (days since 1970), from Node's own copy of the IANA database. It
 * takes for granted that a zone changes its clocks at most once in a UTC day, and finds that moment to the
 * millisecond.
 * @throws DomainError('invalid_zone').
 */
export function offsetSpansOf(day: number, name: string): readonly OffsetSpan[] {
  const zone = zoneNamed(name);
  const known = zone.days.get(day);
  if (known) return known;
  const spans = measure(day * DAY_MS, (day + 1) * DAY_MS, zone.format);
  if (zone.days.size >= DAY_LIMIT) zone.days.clear();
  zone.days.set(day, spans);
  return spans;
}

/** Local time − UTC at a moment, milliseconds. @throws DomainError('invalid_zone'). */
export function offsetMsAt(ms: number, name: string): number {
  const [first, second] = offsetSpansOf(Math.floor(ms / DAY_MS), name);
  const span = second && ms >= second.fromMs ? second : first;
  return span?.offsetMs ?? 0;
}

/** Whether this process knows the zone. */
export function isZone(name: string): boolean {
  try {
    zoneNamed(name);
    return true;
  } catch {
    return false;
  }
}

function measure(fromMs: number, toMs: number, format: Intl.DateTimeFormat): readonly OffsetSpan[] {
  const before = readOffset(fromMs, format);
  const after = readOffset(toMs - 1, format);
  if (before === after) return [{ fromMs, toMs, offsetMs: before }];
  let low = fromMs;
  let high = toMs - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readOffset(middle, format) === before) low = middle;
    else high = middle;
  }
  return [
    { fromMs, toMs: high, offsetMs: before },
    { fromMs: high, toMs, offsetMs: after },
  ];
}

function readOffset(ms: number, format: Intl.DateTimeFormat): number {
  const field: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of format.formatToParts(ms)) field[part.type] = part.value;
  const year = field.era === 'BC' ? 1 - Number(field.year) : Number(field.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(field.month) - 1, Number(field.day));
  local.setUTCHours(Number(field.hour), Number(field.minute), Number(field.second));
  return local.getTime() - Math.floor(ms / 1000) * 1000;
}

function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const fresh: Zone = { format: formatFor(name), days: new Map() };
  if (zones.size >= ZONE_LIMIT) zones.clear();
  zones.set(name, fresh);
  return fresh;
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new DomainError('invalid_zone', 'invalid', 'not a known time zone', {
      zone: timeZone.slice(0, 60),
    });
  }
}
