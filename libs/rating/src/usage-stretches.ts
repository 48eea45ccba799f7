import { DomainError, instantToMs } from '@ronghe/kernel';
import { appendSpan, stretchesOfSpans, type RateSpan, type RateStretch } from './rate-stretches';
import type { UsageEvent } from './rate-usage';
import type { UsagePlan } from './usage-plan';
import type { CompiledRate, CompiledRates } from './usage-rates';

/** A stretch of one event under one step of one rate, in measured units from its start. */
export type Stretch = RateStretch<CompiledRate>;

/** Bands are followed for so long from the start of an event; what lasts longer keeps the last one. 31 days. */
export const SPLIT_LIMIT_SECONDS = 31 * 86_400;

/**
 * Splits an event for its rate only (SEMANTICS §3): by the bands that it lasts through, and by the steps of each rate.
 * Increments are counted over the whole event and lengthen its last stretch.
 * Throws DomainError('usage_price_missing') where no rate fits a stretch.
 */
export function stretchesOf(event: UsageEvent, plan: UsagePlan, rates: CompiledRates): Stretch[] {
  const { quantity } = event;
  if (quantity <= 0n) return [];
  const zone = plan.zonePlan?.zoneOf(event.peer ?? '') ?? '';
  const spans = spansOf(event, plan, (band) => rateFor(rates, zone, band, event, plan));
  return stretchesOfSpans(spans, plan.price.countMeasured(quantity));
}

function spansOf(
  event: UsageEvent,
  plan: UsagePlan,
  rateOf: (band: string) => CompiledRate,
): RateSpan<CompiledRate>[] {
  const { calendar } = plan;
  if (!calendar) return [{ from: 0n, to: event.quantity, rate: rateOf('') }];
  const startMs = instantToMs(event.usedAt);
  const first = calendar.bandAt(startMs);
  // Only calls last; messages and volume are where they begin.
  const isWithin = startMs + Number(event.quantity) * 1000 <= first.toMs;
  if (event.usageClass !== 'voice' || isWithin) {
    return [{ from: 0n, to: event.quantity, rate: rateOf(first.band) }];
  }
  const spans: RateSpan<CompiledRate>[] = [];
  const limit = event.quantity < SPLIT_LIMIT_SECONDS ? Number(event.quantity) : SPLIT_LIMIT_SECONDS;
  for (let second = 0; second < limit;) {
    const { band, toMs } = calendar.bandAt(startMs + second * 1000);
    const end = Math.min(limit, Math.ceil((toMs - startMs) / 1000));
    appendSpan(spans, { from: BigInt(second), to: BigInt(end), rate: rateOf(band) });
    second = end;
  }
  const last = spans.at(-1);
  if (last) last.to = event.quantity;
  return spans;
}

function rateFor(
  rates: CompiledRates,
  zone: string,
  band: string,
  event: UsageEvent,
  plan: UsagePlan,
): CompiledRate {
  const rate = rates.rateOf(zone, band);
  if (rate) return rate;
  throw new DomainError(
    'usage_price_missing',
    'invalid',
    `${plan.offeringCode} has no rate for zone "${zone}", band "${band}" in ${plan.chargeCode}`,
    { offeringCode: plan.offeringCode, usageClass: event.usageClass, zone, band },
  );
}
