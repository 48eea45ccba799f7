import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DocumentFile } from '@ronghe/journey';

/** The repository: four folders above the compiled dist/apps/cli/src. */
export const ROOT = process.env['RONGHE_ROOT'] ?? resolve(__dirname, '../../../..');

/** Every YAML document of `catalog/` and `policy/`, or of the given folders. */
export function readDocumentFiles(folders: readonly string[] = ['catalog', 'policy']): DocumentFile[] {
  return folders.flatMap((folder) =>
    readdirSync(resolve(ROOT, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => ({
        path: `${folder}/${name}`,
        text: readFileSync(resolve(ROOT, folder, name), 'utf8'),
      })),
  );
}
