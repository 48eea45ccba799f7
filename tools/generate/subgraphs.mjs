import fs from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';

/**
 * A domain's part of the graph.
 * @typedef {{ name: string, file: string, sdl: string }} Subgraph `file` is relative to the clone
 */

/** The SDL of every domain that has one, by name. @returns {Subgraph[]} */
export function readSubgraphs() {
  return fs
    .readdirSync(path.join(root, 'libs'))
    .sort()
    .map((name) => ({ name, file: path.join('libs', name, 'src', `${name}.graphql`) }))
    .filter(({ file }) => fs.existsSync(path.join(root, file)))
    .map(({ name, file }) => ({ name, file, sdl: fs.readFileSync(path.join(root, file), 'utf8') }));
}
