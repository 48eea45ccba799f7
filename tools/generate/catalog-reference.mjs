import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from '../bootstrap/compile.mjs';
import { distFolder, root } from '../paths.mjs';

const examplesFolder = path.join('docs', 'examples', 'catalog');

/**
 * The reference of the catalog's language, made from the schema that reads documents, which is compiled for it.
 * @returns {Promise<{ file: string, text: string }>}
 */
export async function generateCatalogReference() {
  await build();
  const require = createRequire(import.meta.url);
  const { referencePage } = require(path.join(distFolder, 'libs/catalog/src/reference/reference-page.js'));
  const names = fs.readdirSync(path.join(root, examplesFolder)).sort();
  const texts = names.map((name) => [
    path.basename(name, '.yaml'),
    fs.readFileSync(path.join(root, examplesFolder, name), 'utf8'),
  ]);
  return { file: path.join('docs', 'catalog-reference.md'), text: referencePage(new Map(texts)) };
}
