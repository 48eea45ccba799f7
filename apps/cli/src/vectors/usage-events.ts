import { instantFromIso, instantToMs, localDateOf, localTimeMsOf } from '@ronghe/kernel';
import type { PricedUsage } from './terms/event-price';
import type { RateTable } from './terms/rate-table';
import type { Figure } from './compare';
import type { Fields } from './fields';
import type { NamedEntry } from './rate-tables';

/** Zone of all vectors that do not name one. */
const ZONE = 'UTC';
/** Repetitions that a vector may ask for. */
const REPEAT_LIMIT = 100_000n;

/** What is used, from when, and how much of it: once, several times the same, or in a sequence. */
export function usageOf(service: string, event: Fields): { usage: PricedUsage; units: bigint[] } {
  const startedAt = event.has('start') ? instantFromIso(event.text('start')) : null;
  const destination = event.textOr('destination') ?? '';
  const usage: PricedUsage = { destination, startedAt, zone: ZONE, isDuration: service === 'voice' };
  if (event.has('sequence')) {
    const units = event.objects('sequence').map((each) => {
      const quantity = each.whole('quantity');
      each.finish();
      return quantity;
    });
    return { usage, units };
  }
  const repeat = event.whole('repeat', 1n);
  if (repeat > REPEAT_LIMIT) event.refuse('repeat', 'is too often');
  const quantity = quantityOf(event, startedAt);
  return { usage, units: Array.from({ length: Number(repeat) }, () => quantity) };
}

function quantityOf(event: Fields, startedAt: PricedUsage['startedAt']): bigint {
  if (!event.has('end') || startedAt === null) {
    return event.whole(event.has('durationSeconds') ? 'durationSeconds' : 'quantity');
  }
  const ms = instantToMs(instantFromIso(event.text('end'))) - instantToMs(startedAt);
  if (ms % 1000 !== 0) event.refuse('end', 'is not whole seconds after the start');
  return BigInt(ms / 1000);
}

/** The name of the entry that prices the start of the usage, and its connect fee. */
export function selectedEntry(
  entries: readonly NamedEntry[],
  table: RateTable,
  { destination, startedAt, zone }: PricedUsage,
): { [name: string]: Figure } {
  const entry =
    startedAt === null
      ? table.entryAt(destination, null, 0)
      : table.entryAt(destination, localDateOf(startedAt, zone), localTimeMsOf(startedAt, zone));
  const label = entries.find((candidate) => candidate === entry)?.label ?? null;
  return { connectFee: entry.connectFee, ...(label === null ? {} : { selected: label }) };
}
