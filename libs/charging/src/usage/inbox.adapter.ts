import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@ronghe/kernel';

/** A file of the inbox: the folder it lies in is its source's. */
export interface InboxFile {
  source: string;
  fileName: string;
  /** The name in hexadecimal digits where it is no UTF-8, and `fileName` only resembles it. */
  nameBytes?: string;
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
    const source = folder.name.toString();
    if (!folder.isDirectory() || source.startsWith('.')) continue;
    for (const entry of await entriesOf(join(inbox, source))) {
      const file = fileOf(source, entry.name);
      if (!entry.isFile() || UNFINISHED.test(file.fileName)) continue;
      if (await isStable(pathOf(inbox, file), nowMs)) found.push(file);
      if (found.length === FILES_AT_ONCE) return found;
    }
  }
  return found;
}

/** The bytes of a file, to be destroyed after use; undefined when it is gone: somebody else took it. */
export async function readInboxFile(
  inbox: string,
  file: InboxFile,
): Promise<(AsyncIterable<Buffer> & { destroy(): unknown }) | undefined> {
  // A name that has become a link meanwhile leads anywhere.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
  const handle = await open(pathOf(inbox, file), flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ELOOP') return undefined;
    throw error;
  });
  return handle?.createReadStream();
}

/** Moves a file that was stored into a folder of `done/` that its delivery's id names. */
export async function moveToDone(inbox: string, file: InboxFile, fileId: string): Promise<void> {
  await moveTo(inbox, file, join(inbox, file.source, 'done', fileId));
}

/** Moves a file that cannot be taken into a folder of its own in `failed/`, with `reason.txt` beside it. */
export async function moveToFailed(inbox: string, file: InboxFile, reason: string): Promise<void> {
  const folder = join(inbox, file.source, 'failed', newId());
  // A file may be called so itself.
  const told = file.fileName === 'reason.txt' ? 'reason.txt.txt' : 'reason.txt';
  if (await moveTo(inbox, file, folder)) await writeFile(join(folder, told), `${reason}\n`);
}

/** Moves a file into a folder, under its name as it is; false where it was gone, and the folder with it. */
async function moveTo(inbox: string, file: InboxFile, folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  try {
    await rename(pathOf(inbox, file), within(folder, file));
    return true;
  } catch (error) {
    // Whoever has moved it there already keeps the folder.
    await rmdir(folder).catch(() => undefined);
    // Another worker with the same file may have moved it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function fileOf(source: string, name: Buffer): InboxFile {
  const fileName = name.toString();
  const isText = Buffer.from(fileName).equals(name);
  return isText ? { source, fileName } : { source, fileName, nameBytes: name.toString('hex') };
}

function pathOf(inbox: string, file: InboxFile): string | Buffer {
  return within(join(inbox, file.source), file);
}

/** The path of a file in a folder, by the bytes of its name. */
function within(folder: string, { fileName, nameBytes }: InboxFile): string | Buffer {
  if (nameBytes === undefined) return join(folder, fileName);
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(nameBytes, 'hex')]);
}

async function isStable(path: string | Buffer, nowMs: number): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found !== null && nowMs - found.mtimeMs >= STABLE_MS;
}

async function entriesOf(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries.sort((a, b) => Buffer.compare(a.name, b.name));
}
