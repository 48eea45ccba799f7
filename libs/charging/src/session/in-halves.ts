/** Runs work on all of some things; where that fails it is run on halves of them, until what fails stands alone. */
export async function inHalves<T, O>(
  all: readonly T[],
  run: (some: readonly T[]) => Promise<O[]>,
): Promise<(O | { error: unknown })[]> {
  try {
    return await run(all);
  } catch (error) {
    if (all.length === 1) return [{ error }];
    const middle = all.length >> 1;
    const first = await inHalves(all.slice(0, middle), run);
    return [...first, ...(await inHalves(all.slice(middle), run))];
  }
}
