/**
 * What several pieces of work come to. Where one fails, the others are waited for before its error is thrown, so that nothing
 * goes on behind whoever handles it. One promise for each piece: `allSettled` makes three, and every batch waits for dozens.
 */
export function allEnded<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  return new Promise((resolve, reject) => {
    const values = new Array<unknown>(work.length);
    let running = work.length;
    // The one that failed first is the cause; what stood behind it fails with it.
    let failure: { error: unknown } | undefined;
    const ended = (): void => {
      running -= 1;
      if (running > 0) return;
      if (failure) reject(failure.error as Error);
      else resolve(values as { -readonly [K in keyof T]: Awaited<T[K]> });
    };
    const failed = (error: unknown): void => {
      failure ??= { error };
      ended();
    };
    if (running === 0) {
      running = 1;
      ended();
    }
    for (const [index, each] of work.entries())
      if (each instanceof Promise) {
        each.then((value: unknown) => {
          values[index] = value;
          ended();
        }, failed);
      } else {
        values[index] = each;
        ended();
      }
  });
}

/**
 * Asks for one piece of work after the other, and waits for all. Where one throws at once, those behind it are not asked for: a
 * function that is to be kept from what follows is therefore no `async` one.
 */
export function askedInOrder<const T extends readonly (() => unknown)[]>(
  asks: T,
): Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
  const work: unknown[] = [];
  for (const ask of asks)
    try {
      work.push(ask());
    } catch (error) {
      work.push(Promise.reject(error as Error));
      break;
    }
  return allEnded(work) as Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }>;
}
