/**
 * What several pieces of work come to. Where one fails, the others are waited for before its error is thrown, so that nothing
 * goes on behind whoever handles it.
 */
export async function allEnded<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const failures: unknown[] = [];
  const outcomes = await Promise.allSettled(
    work.map((each) =>
      Promise.resolve(each).catch((error: unknown) => {
        failures.push(error);
        throw error;
      }),
    ),
  );
  // The one that failed first is the cause; what stood behind it fails with it.
  if (failures.length > 0) throw failures[0];
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as {
    -readonly [K in keyof T]: Awaited<T[K]>;
  };
}
