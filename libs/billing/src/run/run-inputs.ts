import { addMs, type Instant } from '@ronghe/kernel';

/** Something that a run waits for, and how far it is. */
export interface RunInput {
  /** `usage source mediation`, `business clock`, `bill run of 2026-05`, `facts from ordering`. */
  input: string;
  /** What it must have passed. */
  needs: Instant;
  /** Null: nothing yet. */
  has: Instant | null;
}

export interface InputsQuestion {
  /** End of the period, exclusive. */
  periodEnd: Instant;
  /** Hours after it before which nothing starts; null while there is no billing policy. */
  cutOffHours: number | null;
  now: Instant;
  /** Sources that the usage policies name. */
  sources: readonly string[];
  /** The zone of prepaid accounts, whose days must have been told; null: the cycle has none. */
  prepaidZone: string | null;
  /** How far each source is closed. */
  watermarks: ReadonlyMap<string, Instant>;
  /** Producers with facts that billing has not applied yet. */
  behind: readonly string[];
  /** The period before, where the cycle had accounts and no run of it is completed; null: nothing is missing. */
  periodBefore: { key: string; to: Instant } | null;
}

const MS_PER_HOUR = 3_600_000;

/** The name under which the watermark of what became of prepaid money in a zone is kept, beside usage sources. */
export function consumptionInput(zone: string): string {
  return `prepaid consumption of ${zone}`;
}

/** The instant before which no run of the period starts. */
export function cutOffOf(periodEnd: Instant, cutOffHours: number): Instant {
  return addMs(periodEnd, cutOffHours * MS_PER_HOUR);
}

/**
 * What a run of the period still waits for (SEMANTICS §7, watermarks first): the clock past the cut-off, the run of the
 * period before, every usage source closed and prepaid money told through the period's end, every fact applied. Empty: it may start.
 */
export function openInputs(question: InputsQuestion): RunInput[] {
  const { periodEnd, cutOffHours, now, sources, watermarks, behind, prepaidZone, periodBefore } = question;
  const policy: RunInput[] =
    cutOffHours === null ? [{ input: 'billing policy', needs: periodEnd, has: null }] : [];
  const cutOff = cutOffOf(periodEnd, cutOffHours ?? 0);
  const clock: RunInput[] = now < cutOff ? [{ input: 'business clock', needs: cutOff, has: now }] : [];
  const usage = sources.flatMap((source): RunInput[] => {
    const has = watermarks.get(source) ?? null;
    return has !== null && has >= periodEnd
      ? []
      : [{ input: `usage source ${source}`, needs: periodEnd, has }];
  });
  const toldThrough =
    prepaidZone === null ? periodEnd : (watermarks.get(consumptionInput(prepaidZone)) ?? null);
  const prepaid: RunInput[] =
    prepaidZone === null || (toldThrough !== null && toldThrough >= periodEnd)
      ? []
      : [{ input: consumptionInput(prepaidZone), needs: periodEnd, has: toldThrough }];
  const facts = behind.map((producer): RunInput => ({
    input: `facts from ${producer}`,
    needs: periodEnd,
    has: null,
  }));
  const before: RunInput[] =
    periodBefore === null
      ? []
      : [{ input: `bill run of ${periodBefore.key}`, needs: periodBefore.to, has: null }];
  return [...policy, ...clock, ...before, ...usage, ...prepaid, ...facts];
}
