import { instantFromIso, instantToMs, type Instant } from '@ronghe/kernel';
import type { UsageStart } from './operator-account';
import { NOW } from './balances';
import type { Fields } from './fields';
import { digitsOf, type RateEntry } from './rate-tables';

/** Repetitions that a vector may ask for. */
const REPEAT_LIMIT = 100_000n;

/** What is used, from when, and how much of it: once, several times the same, or in a sequence. */
export interface VectorUsage {
  start: UsageStart;
  units: bigint[];
  /** The vector says no time. */
  isTimeless: boolean;
}

/** Reads it from an event. */
export function usageOf(event: Fields): VectorUsage {
  const startedAt = event.has('start') ? instantFromIso(event.text('start')) : null;
  const destination = digitsOf(event, 'destination', event.textOr('destination') ?? '');
  const start = { destination, startedAt: startedAt ?? NOW };
  const isTimeless = startedAt === null;
  if (event.has('sequence')) {
    const units = event.objects('sequence').map((each) => {
      const quantity = each.whole('quantity');
      each.finish();
      return quantity;
    });
    return { start, units, isTimeless };
  }
  const repeat = event.whole('repeat', 1n);
  if (repeat > REPEAT_LIMIT) event.refuse('repeat', 'is too often');
  const quantity = quantityOf(event, startedAt);
  return { start, units: Array.from({ length: Number(repeat) }, () => quantity), isTimeless };
}

function quantityOf(event: Fields, startedAt: Instant | null): bigint {
  if (!event.has('end') || startedAt === null) {
    return event.whole(event.has('durationSeconds') ? 'durationSeconds' : 'quantity');
  }
  const ms = instantToMs(instantFromIso(event.text('end'))) - instantToMs(startedAt);
  if (ms % 1000 !== 0) event.refuse('end', 'is not whole seconds after the start');
  return BigInt(ms / 1000);
}

/** The entries that hold for usage of no particular time: those that ask for none. */
export function timeless(entries: readonly RateEntry[]): RateEntry[] {
  return entries
    .filter(({ days, from }) => days === null && from === 0)
    .map((entry) => ({ ...entry, until: null }));
}
