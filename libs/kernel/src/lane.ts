/** How many lanes there are; DESIGN §6. Stored rows depend on it: it never changes. */
export const LANE_COUNT = 1024;

/**
 * The lane of a balance group's id, 0…1023. It is computed once, when the group is created, and stored. The
 * hash is FNV-1a over the UTF-16 code units with MurmurHash3's finaliser, so that the low bits are even.
 */
export function laneOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & (LANE_COUNT - 1);
}
