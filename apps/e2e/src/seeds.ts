const DEFAULT_COUNT = 3;

/**
 * The seeds of a fault suite: as many as RONGHE_FAULT_SEEDS says, from a new one on each run; or the one that
 * TEST_SEED repeats.
 */
export function faultSeeds(): number[] {
  const repeated = process.env['TEST_SEED'];
  if (repeated !== undefined) return [Number(repeated)];
  const count = Number(process.env['RONGHE_FAULT_SEEDS'] ?? DEFAULT_COUNT);
  const first = Math.floor(Math.random() * 1_000_000);
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Numbers in [0, 1) that a seed repeats: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
