import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import { hashOf, type LocalDate } from '@ronghe/kernel';
import { catalogErrors, type VersionProblem } from './catalog.errors';

/** What offers and policies have in common. */
export type VersionedDocument = OfferDocument | PolicyDocument;

/** A version as it is live: one row among those that nothing supersedes. */
export interface LiveVersion<D extends VersionedDocument> {
  document: D;
  contentHash: string;
  /** End of the window in force: the document's own, or where the next version begins. */
  effectiveTo: LocalDate | null;
}

/** A row to write, over the live one of the same version where there is one. */
export interface VersionWrite<D extends VersionedDocument> extends LiveVersion<D> {
  /** `published`: the others must know. `succeeded`: a later version alone has ended it. */
  cause: 'published' | 'succeeded';
}

/** What applying documents would write. */
export interface Publication<D extends VersionedDocument> {
  writes: VersionWrite<D>[];
  unchanged: D[];
}

/**
 * The hash of all that is immutable about a version. The end of its validity is not: an offer is taken off the
 * counter long after it was published.
 */
export function contentHashOf(document: VersionedDocument): string {
  return hashOf({ ...document, effectiveTo: undefined });
}

/**
 * Compares documents with what is live. A version without an end of its own ends where the next begins. Nothing is
 * written when one of them is refused.
 * @param documents each code and version once.
 * @throws DomainError `version_immutable`, `version_out_of_order`, `versions_overlap`, each naming all culprits.
 */
export function decidePublication<D extends VersionedDocument>(
  documents: readonly D[],
  live: readonly LiveVersion<D>[],
): Publication<D> {
  const liveByKey = new Map(live.map((row) => [keyOf(row.document), row]));
  refuseChanges(documents, liveByKey);
  const given = new Map(documents.map((document) => [keyOf(document), document]));
  const all = new Map([...live.map(({ document }) => [keyOf(document), document] as const), ...given]);
  const result: Publication<D> = { writes: [], unchanged: [] };
  for (const { document, effectiveTo } of windowsOf([...all.values()])) {
    const row = liveByKey.get(keyOf(document));
    const isPublished = !row || row.document.effectiveTo !== document.effectiveTo;
    if (isPublished || row.effectiveTo !== effectiveTo) {
      const cause = isPublished ? 'published' : 'succeeded';
      result.writes.push({ document, contentHash: contentHashOf(document), effectiveTo, cause });
    }
    if (!isPublished && given.has(keyOf(document))) result.unchanged.push(document);
  }
  return result;
}

function refuseChanges<D extends VersionedDocument>(
  documents: readonly D[],
  live: ReadonlyMap<string, LiveVersion<D>>,
): void {
  const highest = new Map<string, number>();
  for (const { document } of live.values()) {
    highest.set(document.code, Math.max(document.version, highest.get(document.code) ?? 0));
  }
  const changed = documents.filter((document) => {
    const row = live.get(keyOf(document));
    return row !== undefined && row.contentHash !== contentHashOf(document);
  });
  if (changed.length > 0) throw catalogErrors.versionImmutable(changed.map(problemOf));
  const late = documents.filter((document) => {
    return !live.has(keyOf(document)) && document.version < (highest.get(document.code) ?? 0);
  });
  if (late.length > 0) throw catalogErrors.versionOutOfOrder(late.map(problemOf));
}

/** Each version with the end of its window. A higher version begins later, and none reaches into the next. */
function windowsOf<D extends VersionedDocument>(
  documents: readonly D[],
): { document: D; effectiveTo: LocalDate | null }[] {
  const sorted = [...documents].sort((a, b) => compare(a.code, b.code) || a.version - b.version);
  const overlapping: VersionProblem[] = [];
  const windows = sorted.map((document, index) => {
    const next = sorted[index + 1];
    if (next?.code !== document.code) return { document, effectiveTo: document.effectiveTo };
    const reachesNext = document.effectiveTo !== null && document.effectiveTo > next.effectiveFrom;
    if (reachesNext || next.effectiveFrom <= document.effectiveFrom) overlapping.push(problemOf(next));
    return { document, effectiveTo: document.effectiveTo ?? next.effectiveFrom };
  });
  if (overlapping.length > 0) throw catalogErrors.versionsOverlap(overlapping);
  return windows;
}

function keyOf(row: VersionProblem): string {
  return `${row.code}@${row.version}`;
}

function problemOf(row: VersionProblem): VersionProblem {
  return { code: row.code, version: row.version };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
