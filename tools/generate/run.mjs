import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, reportFailure } from '../failure.mjs';
import { root } from '../paths.mjs';
import { generateCatalogReference } from './catalog-reference.mjs';
import { generatePublishedVersions } from './published-versions.mjs';
import { readSubgraphs } from './subgraphs.mjs';
import { generateSupergraph } from './supergraph.mjs';
import { generateTypes } from './types.mjs';

/**
 * Writes what is made from the SDL: each domain's types, and the supergraph; from the catalog's schema its reference; and new
 * documents into the list of those that are published.
 * With `--check` it writes nothing of that and fails where the tree holds something else.
 * @param {string[]} argv
 * @returns {Promise<number>} exit code
 */
export async function main(argv) {
  try {
    const check = readCheck(argv);
    const subgraphs = readSubgraphs();
    const types = await Promise.all(subgraphs.map(generateTypes));
    settle(types, check);
    settle([generateSupergraph(subgraphs)], check);
    settle([await generateCatalogReference()], check);
    settle([generatePublishedVersions()], check);
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

/** @param {string[]} argv @returns {boolean} */
function readCheck(argv) {
  try {
    return parseArgs({ args: argv, options: { check: { type: 'boolean', default: false } } }).values.check;
  } catch {
    throw new Failure('Usage: node tools/generate.mjs [--check]');
  }
}

/** @param {{ file: string, text: string }[]} made @param {boolean} check */
function settle(made, check) {
  const differing = made.filter(({ file, text }) => read(file) !== text);
  if (check && differing.length > 0) {
    const details = differing.map(({ file }) => `- ${file}`).join('\n');
    throw new Failure('Generated files differ from their source: run `npm run generate` and commit them.', {
      details,
    });
  }
  for (const { file, text } of differing) {
    const target = path.join(root, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    console.log(`${file} written`);
  }
}

/** @param {string} file @returns {string | null} */
function read(file) {
  const source = path.join(root, file);
  return fs.existsSync(source) ? fs.readFileSync(source, 'utf8') : null;
}
