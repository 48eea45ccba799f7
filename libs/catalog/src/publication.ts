import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import { hashOf } from '@ronghe/kernel';
import { catalogErrors, type VersionProblem } from './catalog.errors';

/** What offers and policies have in common. */
export type VersionedDocument = OfferDocument | PolicyDocument;

/** A version as it is live: one row among those that nothing supersedes. */
export interface LiveVersion<D extends VersionedDocument> {
  document: D;
  contentHash: string;
}

/** What applying documents would write: new versions, and live ones that get another end. */
export interface Publication<D extends VersionedDocument> {
  publish: LiveVersion<D>[];
  unchanged: D[];
}

/**
 * The hash of all that is immutable about a version. The end of its validity is not: a version is closed when its
 * successor is written, or an offer is taken off the counter, long after it was published.
 */
export function contentHashOf(document: VersionedDocument): string {
  return hashOf({ ...document, effectiveTo: undefined });
}

/**
 * Compares documents with what is live. Nothing is written when one of them is refused.
 * @param documents each code and version once.
 * @throws DomainError `version_immutable`, `version_out_of_order`, `versions_overlap`, each naming all culprits.
 */
export function decidePublication<D extends VersionedDocument>(
  documents: readonly D[],
  live: readonly LiveVersion<D>[],
): Publication<D> {
  const liveByKey = new Map(live.map((row) => [keyOf(row.document), row]));
  refuseChanges(documents, liveByKey);
  refuseOverlap([
    ...new Map(
      [...live.map(({ document }) => document), ...documents].map((each) => [keyOf(each), each]),
    ).values(),
  ]);
  const isLive = (document: D): boolean => {
    const row = liveByKey.get(keyOf(document));
    return row !== undefined && row.document.effectiveTo === document.effectiveTo;
  };
  return {
    publish: documents
      .filter((document) => !isLive(document))
      .map((document) => ({ document, contentHash: contentHashOf(document) })),
    unchanged: documents.filter(isLive),
  };
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

/** A higher version begins later, and where or after the one before it ends. */
function refuseOverlap(documents: readonly VersionedDocument[]): void {
  const sorted = [...documents].sort((a, b) => compare(a.code, b.code) || a.version - b.version);
  const overlapping = sorted.filter((document, index) => {
    const before = sorted[index - 1];
    if (before?.code !== document.code) return false;
    return before.effectiveTo === null || before.effectiveTo > document.effectiveFrom;
  });
  if (overlapping.length > 0) throw catalogErrors.versionsOverlap(overlapping.map(problemOf));
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
