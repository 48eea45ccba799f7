import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { distFolder, root } from '../paths.mjs';

const list = path.join('libs', 'catalog', 'published-versions.json');

/**
 * The list of published versions with those that are new; the catalog must be compiled.
 * @returns {{ file: string, text: string }}
 * @throws {Failure} where a version that is on the list was edited or removed
 */
export function generatePublishedVersions() {
  const require = createRequire(import.meta.url);
  const { checkPublished } = require(path.join(distFolder, 'libs/catalog/src/published-versions.js'));
  const files = ['catalog', 'policy'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => ({
        path: `${folder}/${name}`,
        text: fs.readFileSync(path.join(root, folder, name), 'utf8'),
      })),
  );
  const known = path.join(root, list);
  const published = fs.existsSync(known) ? JSON.parse(fs.readFileSync(known, 'utf8')) : {};
  const { versions, problems } = checkPublished(files, published);
  if (problems.length > 0) {
    const details = problems.map((/** @type {string} */ problem) => `- ${problem}`).join('\n');
    throw new Failure(`Published documents are not what ${list} says.`, { details });
  }
  return { file: list, text: `${JSON.stringify(versions, null, 2)}\n` };
}
