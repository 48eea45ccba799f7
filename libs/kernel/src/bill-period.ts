import { DomainError } from './domain-error';
import type { Instant } from './instant';
import {
  addMonthsClamped,
  assertDayOfMonth,
  daysBetween,
  parseLocalDate,
  type LocalDate,
} from './local-date';
import { contains, type Period } from './period';
import { localDateOf, startOfLocalDate } from './zone';

/** When an account is billed: monthly on `billDay` (1–31, clamped in shorter months), at 00:00 in `zone`. */
export interface BillCycle {
  readonly billDay: number;
  readonly zone: string;
}

/** One month of a cycle. Frozen: the same object is handed to everybody who asks. */
export interface BillPeriod extends Period {
  /** 'YYYY-MM' of the month in which it starts. */
  readonly key: string;
  readonly firstDay: LocalDate;
  /** The day after the last, first day of the next period. */
  readonly endDay: LocalDate;
  /** Calendar days from firstDay to endDay, 28–31. */
  readonly days: number;
}

interface CycleCache {
  byKey: Map<string, BillPeriod>;
  latest: BillPeriod | undefined;
}

const KEY = /^\d{4}-(0[1-9]|1[0-2])$/;
/** Zones, and periods of each cycle, that are kept; beyond, the cache starts anew. */
const ZONE_LIMIT = 64;
const PERIOD_LIMIT = 1200;

const zones = new Map<string, Map<number, CycleCache>>();

/**
 * The period that an instant belongs to. Every instant belongs to exactly one.
 * @throws DomainError('invalid_day_of_month' | 'invalid_zone').
 */
export function billPeriodAt(instant: Instant, cycle: BillCycle): BillPeriod {
  const cache = cacheOf(cycle);
  if (cache.latest && contains(cache.latest, instant)) return cache.latest;
  const date = localDateOf(instant, cycle.zone);
  let period = billPeriodOf(date.slice(0, 7), cycle);
  // Before the bill day the month belongs to the period that began in the month before. Comparing instants, not
  // days, also settles the hour that a zone repeats around midnight.
  if (instant < period.from) period = previousBillPeriod(period, cycle);
  else if (instant >= period.to) period = nextBillPeriod(period, cycle);
  cache.latest = period;
  return period;
}

/**
 * The period that starts in the month 'YYYY-MM'.
 * @throws DomainError('invalid_bill_period') for another form; 'invalid_day_of_month', 'invalid_zone'.
 */
export function billPeriodOf(key: string, cycle: BillCycle): BillPeriod {
  const cache = cacheOf(cycle);
  const known = cache.byKey.get(key);
  if (known) return known;
  if (!KEY.test(key)) {
    throw new DomainError('invalid_bill_period', 'invalid', 'a bill period is YYYY-MM', {
      key: key.slice(0, 60),
    });
  }
  const month = parseLocalDate(`${key}-01`);
  const firstDay = addMonthsClamped(month, 0, cycle.billDay);
  const endDay = addMonthsClamped(month, 1, cycle.billDay);
  const period: BillPeriod = Object.freeze({
    key,
    firstDay,
    endDay,
    days: daysBetween(firstDay, endDay),
    from: startOfLocalDate(firstDay, cycle.zone),
    to: startOfLocalDate(endDay, cycle.zone),
  });
  if (cache.byKey.size >= PERIOD_LIMIT) cache.byKey.clear();
  cache.byKey.set(key, period);
  return period;
}

/** The period that starts where this one ends. */
export function nextBillPeriod(period: BillPeriod, cycle: BillCycle): BillPeriod {
  return billPeriodOf(shiftKey(period.key, 1), cycle);
}

/** The period that ends where this one starts. */
export function previousBillPeriod(period: BillPeriod, cycle: BillCycle): BillPeriod {
  return billPeriodOf(shiftKey(period.key, -1), cycle);
}

function shiftKey(key: string, months: number): string {
  return addMonthsClamped(`${key}-01` as LocalDate, months, 1).slice(0, 7);
}

function cacheOf(cycle: BillCycle): CycleCache {
  let ofZone = zones.get(cycle.zone);
  if (!ofZone) {
    if (zones.size >= ZONE_LIMIT) zones.clear();
    zones.set(cycle.zone, (ofZone = new Map()));
  }
  let cache = ofZone.get(cycle.billDay);
  if (!cache) {
    assertDayOfMonth(cycle.billDay);
    ofZone.set(cycle.billDay, (cache = { byKey: new Map(), latest: undefined }));
  }
  return cache;
}
