import type { ElementName } from './network-elements';

/**
 * How an element misbehaves: `error` answers 503, `refuse` answers 422, `timeout` never answers, `reset` cuts the
 * connection, `slow` answers late.
 */
export const faultModes = ['error', 'refuse', 'timeout', 'reset', 'slow'] as const;
export type FaultMode = (typeof faultModes)[number];

/** A fault to inject. */
export interface FaultPlan {
  /** Null: on every element. */
  element: ElementName | null;
  mode: FaultMode;
  /** 0…1: how likely each request is hit. */
  probability: number;
  /** The same seed hits the same requests. */
  seed: number;
  /** Requests to hit at most; null: no limit. */
  count: number | null;
  /** Whether the change takes effect although the answer is bad: the case that retries must survive. */
  applies: boolean;
  /** How late `slow` answers. */
  delayMs: number;
}

interface ActiveFault {
  plan: FaultPlan;
  hits: number;
  draw: () => number;
}

/** The faults that are switched on. Each draws its own random numbers, so that one does not disturb another. */
export class Faults {
  private active: ActiveFault[] = [];

  add(plan: FaultPlan): void {
    this.active.push({ plan, hits: 0, draw: randomFrom(plan.seed) });
  }

  clear(): void {
    this.active = [];
  }

  /** The fault that hits a change on an element, if any: the first that was switched on. */
  strike(element: ElementName): FaultPlan | undefined {
    const matching = this.active.filter(
      ({ plan, hits }) =>
        (plan.element === null || plan.element === element) && (plan.count === null || hits < plan.count),
    );
    for (const fault of matching) {
      if (fault.draw() >= fault.plan.probability) continue;
      fault.hits += 1;
      return fault.plan;
    }
    return undefined;
  }

  /** What is switched on, and how often each has hit. */
  list(): (FaultPlan & { hits: number })[] {
    return this.active.map(({ plan, hits }) => ({ ...plan, hits }));
  }
}

/** Numbers from 0 to below 1, the same for the same seed: the well-known mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
