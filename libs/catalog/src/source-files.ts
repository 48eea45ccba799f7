import type { DocumentFile } from './read-documents';

/**
 * Files applied before, with the given ones over them: a path replaces its earlier text, an empty text takes the file
 * out. By path, so that errors come in the same order every time.
 */
export function mergeFiles(before: readonly DocumentFile[], given: readonly DocumentFile[]): DocumentFile[] {
  const merged = new Map([...before, ...given].map((file) => [file.path, file]));
  return [...merged.values()]
    .filter((file) => file.text.trim() !== '')
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
