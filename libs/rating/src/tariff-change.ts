import { instantFromMs, instantToMs, type Instant } from '@ronghe/kernel';
import type { UsagePlan } from './usage-plan';

/**
 * The first instant after `at`, and before `until`, from which use to a number costs otherwise than at `at`: until then
 * a grant counts by one rate, and what is used after it is reported apart. Null: nothing changes. A band in which the
 * number has no rate is a change too. SEMANTICS §4.
 */
export function tariffChangeAfter(
  { price: { rates }, zonePlan, calendar }: UsagePlan,
  peer: string | null,
  { at, until }: { at: Instant; until: Instant },
): Instant | null {
  if (rates === null || !calendar) return null;
  const zone = zonePlan?.zoneOf(peer ?? '') ?? '';
  const untilMs = instantToMs(until);
  const first = calendar.bandAt(instantToMs(at));
  const now = rates.rateOf(zone, first.band);
  for (let ms = first.toMs; ms < untilMs;) {
    const span = calendar.bandAt(ms);
    const rate = rates.rateOf(zone, span.band);
    if (rate?.document !== now?.document) return instantFromMs(ms);
    ms = span.toMs;
  }
  return null;
}
