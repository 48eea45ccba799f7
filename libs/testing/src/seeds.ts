/** Numbers in [0, 1) that only the seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The seeds of a fault suite: RONGHE_FAULT_SEEDS says how many, TEST_SEED repeats one. They are
 * part of the tests' names and so are always printed. `share`: how many this suite tries for each
 * that is asked for, 0.1 for one that takes minutes; at least one.
 */
export function faultSeeds(share = 1): number[] {
  const given = process.env['TEST_SEED'];
  if (given) return [Number(given)];
  const count = Math.ceil(Number(process.env['RONGHE_FAULT_SEEDS'] ?? 2) * share);
  const first = Math.floor(Math.random() * 1_000_000);
  return Array.from({ length: count }, (_, at) => first + at);
}
