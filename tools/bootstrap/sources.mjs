import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { distFolder, root } from '../paths.mjs';

/**
 * A file that goes into dist.
 * @typedef {{ file: string, output: string, kind: 'compile' | 'copy', hash: string }} Source
 * Paths are relative: `file` to the clone, `output` to dist.
 */

const sourceFolders = ['apps', 'libs'];
const skippedFolders = new Set(['node_modules', 'dist', 'fixtures', '.nx']);
/** Needed by tests, tools or readers, not by what runs. */
const skippedFiles = /(\.spec\.tsx?|\.d\.ts|\.md|^project\.json|^tsconfig.*\.json|^\..*)$/;

/** Everything of apps/ and libs/ that runs, in a stable order. @returns {Source[]} */
export function listSources() {
  return sourceFolders.flatMap((folder) => [...filesBelow(folder)].sort().map(sourceOf));
}

/** @param {string} folder @returns {Generator<string>} */
function* filesBelow(folder) {
  if (!fs.existsSync(path.join(root, folder))) return;
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name)) yield* filesBelow(file);
    } else if (!skippedFiles.test(entry.name)) yield file;
  }
}

/** @param {string} file @returns {Source} */
function sourceOf(file) {
  const compiled = file.endsWith('.ts');
  return {
    file,
    output: compiled ? file.replace(/\.ts$/, '.js') : file,
    kind: compiled ? 'compile' : 'copy',
    hash: crypto
      .createHash('sha256')
      .update(fs.readFileSync(path.join(root, file)))
      .digest('hex'),
  };
}

/**
 * Lets plain Node.js resolve `@ronghe/<lib>` from anything in dist: a package per library whose entry is
 * the compiled index. So compiled files keep their imports as written.
 */
export function writeAliases() {
  const scope = path.join(distFolder, 'node_modules', '@ronghe');
  const libraries = fs
    .readdirSync(path.join(root, 'libs'))
    .filter((name) => fs.existsSync(path.join(root, 'libs', name, 'src', 'index.ts')));
  for (const name of fs.existsSync(scope) ? fs.readdirSync(scope) : [])
    if (!libraries.includes(name)) fs.rmSync(path.join(scope, name), { recursive: true });
  for (const name of libraries) {
    const file = path.join(scope, name, 'package.json');
    const entry = { name: `@ronghe/${name}`, private: true, main: `../../../libs/${name}/src/index.js` };
    const text = `${JSON.stringify(entry)}\n`;
    if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) continue;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    replaceFile(file, text);
  }
}

/** Writes so that a reader sees the old or the new content, never half. @param {string} file @param {string | Buffer} content */
export function replaceFile(file, content) {
  const unfinished = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(unfinished, content);
  fs.renameSync(unfinished, file);
}
