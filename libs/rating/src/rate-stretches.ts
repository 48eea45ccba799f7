/** A rate that changes within an event: from each step's offset on, counted in whole increments. By rising `from`. */
export interface SteppedRate {
  readonly steps: readonly { readonly from: bigint; readonly increment: bigint }[];
}

/** A part of an event under one rate, before its steps are looked at; in units from its start. */
export interface RateSpan<R extends SteppedRate> {
  from: bigint;
  to: bigint;
  rate: R;
}

/** A part of an event under one step of one rate. */
export interface RateStretch<R extends SteppedRate> extends RateSpan<R> {
  step: number;
}

/** Adds a span; where the one before has the same rate it goes on. */
export function appendSpan<R extends SteppedRate>(spans: RateSpan<R>[], span: RateSpan<R>): void {
  const last = spans[spans.length - 1];
  if (last?.rate === span.rate) last.to = span.to;
  else spans.push(span);
}

/**
 * The stretches of an event: each span by the steps of its rate, and the last one lengthened, to what the whole event
 * counts at least and then to whole increments from where its step begins. Increments are counted over the whole call,
 * not anew after a band (SEMANTICS §3).
 */
export function stretchesOfSpans<R extends SteppedRate>(
  spans: readonly RateSpan<R>[],
  counted: bigint,
): RateStretch<R>[] {
  const stretches: RateStretch<R>[] = [];
  for (const span of spans) addSteps(stretches, span);
  const last = stretches[stretches.length - 1];
  if (!last) return stretches;
  const { from = 0n, increment = 1n } = last.rate.steps[last.step] ?? {};
  if (counted > last.to) last.to = counted;
  if (increment > 1n) last.to = from + ((last.to - from + increment - 1n) / increment) * increment;
  return stretches;
}

function addSteps<R extends SteppedRate>(stretches: RateStretch<R>[], { from, to, rate }: RateSpan<R>): void {
  const { steps } = rate;
  for (let step = 0; step < steps.length; step += 1) {
    const begin = steps[step]?.from ?? 0n;
    const end = steps[step + 1]?.from ?? to;
    const first = begin > from ? begin : from;
    const last = end < to ? end : to;
    if (first < last) stretches.push({ from: first, to: last, rate, step });
  }
}
