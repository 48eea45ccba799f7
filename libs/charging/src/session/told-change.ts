import { addMs, minInstant, type Instant } from '@ronghe/kernel';
import { tariffChangeAfter, type UsagePlan } from '@ronghe/rating';
import type { UsedUnits } from './charging-data';
import type { Session, SessionLine } from './session';

/** How far the clock of a network function may be from the tariff's change that it tells of. */
const CLOCK_MS = 5 * 60_000;

/**
 * The change of tariff at which a container was closed that says so (TARIFF_TIME_CHANGE, TS 32.291 §6.1.6.3.6): the tariff's own,
 * so that all rating groups and user planes mean the same instant; or what the network function says, where the tariff has none
 * near it. Without a time it is the latest one. Null: there is none.
 * @param last the last line of the use
 */
export function changeTold(
  { at }: Pick<UsedUnits, 'at'>,
  { peer, startedAt }: Pick<Session, 'peer' | 'startedAt'>,
  last: Pick<SessionLine, 'from'>,
  plan: UsagePlan,
  now: Instant,
): Instant | null {
  if (at !== null) {
    const told = minInstant(at, now);
    const near = { at: addMs(told, -CLOCK_MS), until: addMs(told, CLOCK_MS) };
    return tariffChangeAfter(plan, peer, near) ?? told;
  }
  let latest = last.from > startedAt ? last.from : null;
  let { from } = last;
  for (;;) {
    const next = tariffChangeAfter(plan, peer, { at: from, until: now });
    if (next === null) return latest;
    latest = from = next;
  }
}
