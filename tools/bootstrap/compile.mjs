import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { cloneFolder, distFolder, root } from '../paths.mjs';
import { withLock } from '../process/lock.mjs';
import { listSources, replaceFile, writeAliases } from './sources.mjs';

const manifestFile = path.join(distFolder, '.build.json');

/**
 * Compiles what changed in apps/ and libs/ to dist/, copies the documents that lie beside the code, and
 * removes what has no source any more.
 * @returns {Promise<{ written: number, removed: number }>} numbers of files
 * @throws {Failure} naming the files that do not compile
 */
export async function build() {
  const { changed, gone } = plan();
  if (changed.length === 0 && gone.length === 0) return { written: 0, removed: 0 };
  return withLock(path.join(cloneFolder, 'build.lock'), carryOut);
}

/** What differs between sources and dist; writes nothing. */
function plan() {
  const salt = buildSalt();
  const previous = readManifest(salt);
  const sources = listSources();
  const isChanged = (/** @type {import('./sources.mjs').Source} */ { file, output, hash }) =>
    previous?.[file] !== hash || !fs.existsSync(path.join(distFolder, output));
  const current = new Set(sources.map(({ file }) => file));
  const gone = Object.keys(previous ?? {}).filter((file) => !current.has(file));
  return { salt, sources, changed: sources.filter(isChanged), gone, anew: previous === null };
}

async function carryOut() {
  const { salt, sources, changed, gone, anew } = plan();
  if (anew) fs.rmSync(distFolder, { recursive: true, force: true });
  const failures = await writeOutputs(changed);
  gone.forEach(removeOutput);
  writeAliases();
  const done = sources.filter(({ file }) => !failures.has(file));
  const files = Object.fromEntries(done.map(({ file, hash }) => [file, hash]));
  fs.mkdirSync(distFolder, { recursive: true });
  replaceFile(manifestFile, JSON.stringify({ salt, files }));
  if (failures.size > 0)
    throw new Failure(`The build failed: correct ${[...failures.keys()].join(', ')}.`, {
      details: [...failures.values()].join('\n'),
    });
  return { written: changed.length, removed: gone.length };
}

/** Changes whenever the same source would compile to something else. */
function buildSalt() {
  const compiler = fs.readFileSync(path.join(root, 'node_modules', '@swc', 'core', 'package.json'), 'utf8');
  const hash = crypto.createHash('sha256').update(JSON.parse(compiler).version);
  return hash.update(fs.readFileSync(path.join(root, '.swcrc'))).digest('hex');
}

/** @param {string} salt @returns {Record<string, string> | null} hash by source file; null: make dist anew */
function readManifest(salt) {
  try {
    const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
    return manifest.salt === salt ? manifest.files : null;
  } catch {
    return null;
  }
}

/** @param {import('./sources.mjs').Source[]} sources @returns {Promise<Map<string, string>>} error by file */
async function writeOutputs(sources) {
  const failures = new Map();
  if (sources.length === 0) return failures;
  const { transform } = await import('@swc/core');
  const write = async (/** @type {import('./sources.mjs').Source} */ { file, output, kind }) => {
    const target = path.join(distFolder, output);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const content = fs.readFileSync(path.join(root, file));
    if (kind === 'copy') return replaceFile(target, content);
    const sourceFileName = path.relative(path.dirname(target), path.join(root, file));
    const { code, map } = await transform(content.toString('utf8'), {
      cwd: root,
      filename: path.join(root, file),
      sourceFileName,
    });
    if (map) replaceFile(`${target}.map`, map);
    replaceFile(target, map ? `${code}//# sourceMappingURL=${path.basename(target)}.map\n` : code);
  };
  await Promise.all(
    sources.map((source) =>
      write(source).catch((error) => failures.set(source.file, `${source.file}: ${error.message}`)),
    ),
  );
  return failures;
}

/** @param {string} file a source that is gone */
function removeOutput(file) {
  const target = path.join(distFolder, file.replace(/\.ts$/, '.js'));
  for (const output of [target, `${target}.map`]) fs.rmSync(output, { force: true });
}
