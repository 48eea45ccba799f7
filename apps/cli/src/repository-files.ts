import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { DocumentFile } from '@ronghe/journey';
import { DomainError } from '@ronghe/kernel';

/** The repository: four folders above the compiled dist/apps/cli/src. */
export const ROOT = process.env['RONGHE_ROOT'] ?? resolve(__dirname, '../../../..');

/** Where the command was given: npm runs it in the repository and says where it was called. */
const CALLED_IN = process.env['INIT_CWD'] ?? process.cwd();

/** A document, and the file that it was read from, as its author would type it. */
export interface FoundDocument {
  document: DocumentFile;
  readFrom: string;
}

/** Every YAML document of the repository's `catalog/` and `policy/`. */
export function readDocumentFiles(): DocumentFile[] {
  return findDocuments([]).map(({ document }) => document);
}

/** The documents of some folders, without any those of the repository. @throws DomainError `documents_missing` */
export function findDocuments(folders: readonly string[]): FoundDocument[] {
  if (folders.length > 0) return folders.flatMap(findInFolder);
  return ['catalog', 'policy'].flatMap((name) => filesIn(join(ROOT, name)));
}

/**
 * The documents of a folder, and of folders `catalog` and `policy` in it. Each has the path of the document whose place it
 * takes: `catalog/NAME` or `policy/NAME`, wherever the folder is.
 * @param folder from where the command was given, else from the repository
 * @throws DomainError `documents_missing`
 */
export function readDocumentFolder(folder: string): DocumentFile[] {
  return findInFolder(folder).map(({ document }) => document);
}

function findInFolder(folder: string): FoundDocument[] {
  const here = resolve(CALLED_IN, folder);
  const found = existsSync(here) ? here : resolve(ROOT, folder);
  const files = ['.', 'catalog', 'policy'].flatMap((name) => filesIn(join(found, name)));
  if (files.length === 0) {
    const message = `${found} holds no .yaml document, nor do folders catalog and policy in it`;
    throw new DomainError('documents_missing', 'invalid', message);
  }
  return files;
}

function filesIn(folder: string): FoundDocument[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => {
      const from = join(folder, file);
      const text = readFileSync(from, 'utf8');
      const document = { path: `${placeOf(basename(folder), text)}/${file}`, text };
      return { document, readFrom: from.startsWith(`${CALLED_IN}/`) ? relative(CALLED_IN, from) : from };
    });
}

/** A policy says at its top of which kind it is. */
function placeOf(folder: string, text: string): 'catalog' | 'policy' {
  if (folder === 'policy' || folder === 'catalog') return folder;
  return /^kind:/m.test(text) ? 'policy' : 'catalog';
}
