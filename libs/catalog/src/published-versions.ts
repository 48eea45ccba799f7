import { contentHashOf, type VersionedDocument } from './publication';
import { readDocuments, type DocumentFile } from './read-documents';

/** What versions were when they were first committed: `CODE@VERSION` → hash of all that is immutable of them. */
export type PublishedVersions = Readonly<Record<string, string>>;

/**
 * Compares the repository's documents with the list of what has been published. A version that somebody may have applied
 * never changes and never goes: the catalog of an operator that has it would refuse the documents.
 * @returns the list with what is new, and a sentence for each version that is not what it was
 */
export function checkPublished(
  files: readonly DocumentFile[],
  published: PublishedVersions,
): { versions: PublishedVersions; problems: string[] } {
  const { offers, policies } = readDocuments(files);
  const documents = [...offers, ...policies];
  const found = new Map(documents.map((document) => [keyOf(document), contentHashOf(document)]));
  const problems = Object.entries(published).flatMap(([key, hash]) => {
    const now = found.get(key);
    if (now === hash) return [];
    return [now === undefined ? goneSentence(key) : changedSentence(key)];
  });
  const all = { ...Object.fromEntries(found), ...published };
  return { versions: Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))), problems };
}

function keyOf({ code, version }: VersionedDocument): string {
  return `${code}@${version}`;
}

function changedSentence(key: string): string {
  const [code = '', version = ''] = key.split('@');
  const next = Number(version) + 1;
  return (
    `${code} version ${version} was published and must stay as it was (only its end may change): undo the edit, end ` +
    `version ${version} and write version ${next} beside it; only if nobody can have applied it, take it off the list`
  );
}

function goneSentence(key: string): string {
  const [code = '', version = ''] = key.split('@');
  return `${code} version ${version} was published and must not go: end it instead`;
}
