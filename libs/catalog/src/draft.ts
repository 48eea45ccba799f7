import type { OfferDocument, PolicyDocument, QueryAnswer } from '@ronghe/contracts';
import { isDomainError } from '@ronghe/kernel';
import { byCodeAndVersion } from './check-versions';
import { contentHashOf, decidePublication, type LiveVersion, type VersionedDocument } from './publication';
import { problemText, problemsOf, readDocuments, type DocumentFile } from './read-documents';

/** What is live: one row for each code and version. */
export interface LiveVersions {
  offers: readonly LiveVersion<OfferDocument>[];
  policies: readonly LiveVersion<PolicyDocument>[];
}

/**
 * What would be live if files were applied over what is live, and what stands against it.
 * @param files the whole catalog: drafts over the files applied before
 */
export function draftOver(
  files: readonly DocumentFile[],
  live: LiveVersions,
): QueryAnswer<'catalog.resolveDraft'> {
  let read: ReturnType<typeof readDocuments>;
  try {
    read = readDocuments(files);
  } catch (error) {
    const problems = problemsOf(error).map(problemText);
    return { offers: [], policies: [], drafted: [], ended: [], problems, conflicts: [] };
  }
  const offers = overlaid(read.offers, live.offers);
  const policies = overlaid(read.policies, live.policies);
  return {
    offers: offers.all,
    policies: policies.all,
    drafted: [...offers.drafted, ...policies.drafted].sort(),
    ended: [...offers.ended, ...policies.ended].sort(),
    problems: [],
    conflicts: [...conflictsOf(read.offers, live.offers), ...conflictsOf(read.policies, live.policies)],
  };
}

/** Documents in place of live ones of the same version, and beside the others. */
function overlaid<D extends VersionedDocument>(
  documents: readonly D[],
  live: readonly LiveVersion<D>[],
): { all: D[]; drafted: string[]; ended: string[] } {
  const liveByKey = new Map(live.map((row) => [keyOf(row.document), row]));
  const all = new Map([...live.map((row) => row.document), ...documents].map((each) => [keyOf(each), each]));
  const isLive = (document: D): boolean =>
    liveByKey.get(keyOf(document))?.contentHash === contentHashOf(document);
  const isEnded = (document: D): boolean =>
    isLive(document) && liveByKey.get(keyOf(document))?.document.effectiveTo !== document.effectiveTo;
  return {
    all: [...all.values()].sort(byCodeAndVersion),
    drafted: documents.filter((document) => !isLive(document) || isEnded(document)).map(keyOf),
    ended: documents.filter(isEnded).map(keyOf),
  };
}

function conflictsOf<D extends VersionedDocument>(
  documents: readonly D[],
  live: readonly LiveVersion<D>[],
): string[] {
  try {
    decidePublication(documents, live);
    return [];
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return [error.message];
  }
}

function keyOf({ code, version }: VersionedDocument): string {
  return `${code}@${version}`;
}
