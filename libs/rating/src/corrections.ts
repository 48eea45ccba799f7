import type { OfferDocument } from '@ronghe/contracts';
import type { OfferLookup } from './holding';

/**
 * Finds the document of a version, or of the one that mends it (`OfferDocument.corrects`), which takes its place for all
 * that was sold under it. Corrections may be mended in turn; of several of one version the latest counts.
 * @param unknown what to do about a version that is not among the documents
 */
export function lookupWithCorrections(
  documents: readonly OfferDocument[],
  unknown: (code: string, version: number) => OfferDocument,
): OfferLookup {
  const byKey = new Map(documents.map((document) => [keyOf(document.code, document.version), document]));
  const mended = new Map<string, OfferDocument>();
  for (const document of documents) {
    const { code, version, corrects } = document;
    // A correction is later than what it mends, so following them ends.
    if (corrects === undefined || corrects >= version) continue;
    const known = mended.get(keyOf(code, corrects));
    if (!known || known.version < version) mended.set(keyOf(code, corrects), document);
  }
  const find = (code: string, version: number): OfferDocument => {
    let document = byKey.get(keyOf(code, version)) ?? unknown(code, version);
    for (let next = mended.get(keyOf(code, version)); next; next = mended.get(keyOf(code, next.version))) {
      document = next;
    }
    return document;
  };
  // A product is asked for its offer again and again.
  const found = new Map<string, Map<number, OfferDocument>>();
  return (code, version) => {
    const versions = found.get(code) ?? new Map<number, OfferDocument>();
    const document = versions.get(version) ?? find(code, version);
    found.set(code, versions.set(version, document));
    return document;
  };
}

/** The versions whose place a version has now, itself left out; none when it was mended in turn. */
export function versionsMendedBy(
  documents: readonly OfferDocument[],
  { code, version }: { code: string; version: number },
): number[] {
  const ofCode = documents.filter((document) => document.code === code);
  const find = lookupWithCorrections(ofCode, (_, missing) => {
    throw new RangeError(`there is no version ${missing} of ${code}`);
  });
  return ofCode
    .map((document) => document.version)
    .filter((each) => each !== version && find(code, each).version === version);
}

function keyOf(code: string, version: number): string {
  return `${code} ${version}`;
}
