import type { LocalDate } from '@ronghe/kernel';

/** What a version says of itself and of what it mends. */
export interface MendingVersion {
  code: string;
  version: number;
  corrects?: number | undefined;
}

/** Versions whose place no other one takes: what is wrong in the others is nobody's concern any more. */
export function notMended<T>(all: readonly T[], versionOf: (each: T) => MendingVersion): T[] {
  const mended = new Set(
    all
      .map(versionOf)
      .flatMap(({ code, corrects }) => (corrects === undefined ? [] : [`${code}@${corrects}`])),
  );
  return all.filter((each) => {
    const { code, version } = versionOf(each);
    return !mended.has(`${code}@${version}`);
  });
}

/** The first day on which anybody may hold what a version says: that of what it mends, where it mends something. */
export function heldSince<T extends MendingVersion & { effectiveFrom: LocalDate }>(
  version: T,
  all: readonly T[],
): LocalDate {
  if (version.corrects === undefined) return version.effectiveFrom;
  const mended = all.find(
    (each) =>
      each.code === version.code && each.version === version.corrects && each.version < version.version,
  );
  if (!mended) return version.effectiveFrom;
  const before = heldSince(mended, all);
  return before < version.effectiveFrom ? before : version.effectiveFrom;
}
