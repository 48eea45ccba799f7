import { DomainError, instantToMs } from '@ronghe/kernel';
import type { UsageEvent } from './rate-usage';
import type { UsagePlan } from './usage-plan';
import type { CompiledRate, CompiledRates } from './usage-rates';

/** A stretch of one event under one step of one rate, in measured units from its start. */
export interface Stretch {
  from: bigint;
  to: bigint;
  rate: CompiledRate;
  step: number;
}

/** A stretch under one rate, before its steps are looked at. */
interface RateSpan {
  from: bigint;
  to: bigint;
  rate: CompiledRate;
}

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
  const stretches: Stretch[] = [];
  for (const span of spans) addSteps(stretches, span);
  lengthen(stretches, plan.price.countMeasured(quantity));
  return stretches;
}

function spansOf(event: UsageEvent, plan: UsagePlan, rateOf: (band: string) => CompiledRate): RateSpan[] {
  const { calendar } = plan;
  if (!calendar) return [{ from: 0n, to: event.quantity, rate: rateOf('') }];
  const startMs = instantToMs(event.usedAt);
  const first = calendar.bandAt(startMs);
  // Only calls last; messages and volume are where they begin.
  const isWithin = startMs + Number(event.quantity) * 1000 <= first.toMs;
  if (event.usageClass !== 'voice' || isWithin) {
    return [{ from: 0n, to: event.quantity, rate: rateOf(first.band) }];
  }
  const spans: RateSpan[] = [];
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

function appendSpan(spans: RateSpan[], span: RateSpan): void {
  const last = spans.at(-1);
  if (last?.rate === span.rate) last.to = span.to;
  else spans.push(span);
}

function addSteps(stretches: Stretch[], { from, to, rate }: RateSpan): void {
  const { steps } = rate;
  for (let step = 0; step < steps.length; step += 1) {
    const begin = steps[step]?.from ?? 0n;
    const end = steps[step + 1]?.from ?? to;
    const first = begin > from ? begin : from;
    const last = end < to ? end : to;
    if (first < last) stretches.push({ from: first, to: last, rate, step });
  }
}

/** The event counts at least so much, and its last stretch whole increments of its step. */
function lengthen(stretches: Stretch[], counted: bigint): void {
  const last = stretches[stretches.length - 1];
  const increment = last?.rate.steps[last.step]?.increment ?? 1n;
  if (!last) return;
  if (counted > last.to) last.to = counted;
  if (increment > 1n) last.to = last.from + ((last.to - last.from + increment - 1n) / increment) * increment;
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
