import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the inbox: the folder it lies in is its source's. */
export interface InboxFile {
  source: string;
  fileName: string;
}

/** A file is taken when nobody has written to it for so long; one that was renamed into the folder keeps its time. */
const STABLE_MS = 3000;
/** Files that one look finds at most. */
const FILES_AT_ONCE = 100;
/** Names under which programs write what is not finished. */
const UNFINISHED = /^\.|\.(?:tmp|part|filepart)$/i;

/** The files that wait in the folders of an inbox, by name; those still being written are left out. */
export async function findInboxFiles(inbox: string, nowMs: number): Promise<InboxFile[]> {
  const found: InboxFile[] = [];
  for (const folder of await entriesOf(inbox)) {
    if (!folder.isDirectory() || folder.name.startsWith('.')) continue;
    for (const entry of await entriesOf(join(inbox, folder.name))) {
      if (!entry.isFile() || UNFINISHED.test(entry.name)) continue;
      const file = { source: folder.name, fileName: entry.name };
      if (await isStable(pathOf(inbox, file), nowMs)) found.push(file);
      if (found.length === FILES_AT_ONCE) return found;
    }
  }
  return found;
}

/** The bytes of a file; undefined when it is gone: somebody else took it. */
export async function readInboxFile(
  inbox: string,
  file: InboxFile,
): Promise<AsyncIterable<Buffer> | undefined> {
  const found = await stat(pathOf(inbox, file)).catch(() => null);
  return found?.isFile() ? createReadStream(pathOf(inbox, file)) : undefined;
}

/** Moves a file that was stored to `done/`, under its delivery's id. */
export async function moveToDone(inbox: string, file: InboxFile, fileId: string): Promise<void> {
  await moveTo(inbox, file, join('done', `${fileId}-${file.fileName}`));
}

/** Moves a file that cannot be taken to `failed/`, with the reason beside it. */
export async function moveToFailed(inbox: string, file: InboxFile, reason: string): Promise<void> {
  const folder = join(inbox, file.source, 'failed');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${file.fileName}.reason`), `${reason}\n`);
  await moveTo(inbox, file, join('failed', file.fileName));
}

async function moveTo(inbox: string, file: InboxFile, to: string): Promise<void> {
  const target = join(inbox, file.source, to);
  await mkdir(join(target, '..'), { recursive: true });
  // Another worker with the same file may have moved it already.
  await rename(pathOf(inbox, file), target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

function pathOf(inbox: string, { source, fileName }: InboxFile): string {
  return join(inbox, source, fileName);
}

async function isStable(path: string, nowMs: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && nowMs - found.mtimeMs >= STABLE_MS;
}

async function entriesOf(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
