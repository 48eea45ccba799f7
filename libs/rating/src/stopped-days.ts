import type { BlockReason, ProductBlock } from '@ronghe/contracts';
import { addDays, localDateOf, overlap, startOfLocalDate, type Instant, type Period } from '@ronghe/kernel';
import { endOfTime, type DayRange, type Holding } from './holding';

/** A customer who asks for a stop need not pay for it; who is stopped for what is owed goes on owing. */
const wished: ReadonlySet<BlockReason> = new Set(['customer-wish', 'sim-lost']);

/** The whole local days of a period on which a product was at a full stop because its customer wished it. */
export function stoppedDays({ blocks }: Pick<Holding, 'blocks'>, period: Period, zone: string): DayRange[] {
  return joined((blocks ?? []).filter(isWished)).flatMap((stop) => {
    const part = overlap(stop, period);
    return part ? wholeDays(part, zone) : [];
  });
}

function isWished({ kind, reason }: ProductBlock): boolean {
  return kind === 'full-stop' && wished.has(reason);
}

/** Stops that touch or overlap are one. */
function joined(blocks: readonly ProductBlock[]): Period[] {
  const stops = blocks
    .map(({ from, to }): Period => ({ from, to: to ?? endOfTime }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return stops.reduce<Period[]>((found, stop) => {
    const last = found.at(-1);
    if (!last || last.to < stop.from) return [...found, stop];
    return [...found.slice(0, -1), { from: last.from, to: last.to > stop.to ? last.to : stop.to }];
  }, []);
}

/** The days that lie wholly in a period; none, or one range. */
function wholeDays({ from, to }: Period, zone: string): DayRange[] {
  const startDay = localDateOf(from, zone);
  const first = startOfLocalDate(startDay, zone) === from ? startDay : addDays(startDay, 1);
  const end = localDateOf(to, zone);
  return first < end ? [{ from: first, to: end }] : [];
}

/** From when on fees may be others since a product's blocks last changed; null: no block is such that a fee pauses. */
export function feesChangedFrom({ blocks }: Pick<Holding, 'blocks'>): Instant | null {
  const last = (blocks ?? [])
    .filter(isWished)
    .reduce<ProductBlock | null>(
      (found, block) => (found && lastOf(found) > lastOf(block) ? found : block),
      null,
    );
  return last && last.from;
}

function lastOf({ from, to }: ProductBlock): Instant {
  return to ?? from;
}
