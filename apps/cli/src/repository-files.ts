import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { DocumentFile } from '@ronghe/journey';
import { DomainError } from '@ronghe/kernel';

/** The repository: four folders above the compiled dist/apps/cli/src. */
export const ROOT = process.env['RONGHE_ROOT'] ?? resolve(__dirname, '../../../..');

/** Where the command was given: npm runs it in the repository and says where it was called. */
const CALLED_IN = process.env['INIT_CWD'] ?? process.cwd();

/** Every YAML document of the repository's `catalog/` and `policy/`. */
export function readDocumentFiles(): DocumentFile[] {
  return ['catalog', 'policy'].flatMap((name) => filesIn(join(ROOT, name)));
}

/**
 * The documents of a folder, and of folders `catalog` and `policy` in it. Each has the path of the document whose place it
 * takes: `catalog/NAME` or `policy/NAME`, wherever the folder is.
 * @param folder from where the command was given, else from the repository
 * @throws DomainError `documents_missing`
 */
export function readDocumentFolder(folder: string): DocumentFile[] {
  const here = resolve(CALLED_IN, folder);
  const found = existsSync(here) ? here : resolve(ROOT, folder);
  const files = ['.', 'catalog', 'policy'].flatMap((name) => filesIn(join(found, name)));
  if (files.length === 0) {
    const message = `${found} holds no .yaml document, nor do folders catalog and policy in it`;
    throw new DomainError('documents_missing', 'invalid', message);
  }
  return files;
}

function filesIn(folder: string): DocumentFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return { path: `${placeOf(basename(folder), text)}/${file}`, text };
    });
}

/** A policy says at its top of which kind it is. */
function placeOf(folder: string, text: string): 'catalog' | 'policy' {
  if (folder === 'policy' || folder === 'catalog') return folder;
  return /^kind:/m.test(text) ? 'policy' : 'catalog';
}
