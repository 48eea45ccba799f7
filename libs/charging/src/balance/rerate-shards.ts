/** Into how many shares the lanes are cut for rating again; each share is worked through by one job at a time. */
export const RERATE_SHARD_COUNT = 4;

/** The shares. */
export const rerateShards: readonly number[] = Array.from(
  { length: RERATE_SHARD_COUNT },
  (_, shard) => shard,
);
