import type { PolicyDocument } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { Located } from './authored-set';

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

/**
 * Versions of policies that cannot mend others, without those that ended by the first day of the newest of their code: what was
 * wrong in them is mended by what is in force instead.
 */
export function notFollowed<T extends Located<PolicyDocument>>(versions: readonly T[]): T[] {
  return versions.filter(({ value: { code, effectiveTo } }) => {
    const starts = versions.flatMap((each) => (each.value.code === code ? [each.value.effectiveFrom] : []));
    return effectiveTo === null || starts.every((from) => from < effectiveTo);
  });
}
