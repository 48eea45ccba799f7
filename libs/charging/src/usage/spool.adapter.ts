import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { chargingError } from '../charging.errors';
import { FILE_BYTES_LIMIT } from './usage-file';

/** What was stored: its name in the spool, and how long it is. */
export interface Spooled {
  /** SHA-256 of the bytes, 64 hexadecimal digits. */
  contentHash: string;
  sizeBytes: number;
}

/**
 * Stores an upload under the hash of its content, durably: it is flushed to disk before it gets its name, so that a
 * file in the spool is always whole. The same content is stored once.
 * @throws DomainError `usage_file_empty`, `usage_file_too_large`
 */
export async function saveToSpool(
  folder: string,
  chunks: AsyncIterable<Buffer>,
  bytesLimit = FILE_BYTES_LIMIT,
): Promise<Spooled> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.incoming-${randomUUID()}`);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      for await (const chunk of chunks) {
        sizeBytes += chunk.length;
        if (sizeBytes > bytesLimit) {
          throw chargingError('usage_file_too_large', `a usage file has at most ${bytesLimit} bytes`);
        }
        hash.update(chunk);
        await file.write(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (sizeBytes === 0) throw chargingError('usage_file_empty', 'the usage file is empty');
    const contentHash = hash.digest('hex');
    await rename(temporary, join(folder, contentHash));
    return { contentHash, sizeBytes };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether a file is compressed (RFC 1952), by its name. */
export function isZipped(fileName: string): boolean {
  return fileName.toLowerCase().endsWith('.gz');
}

/** What a compressed file holds, as it is read. @throws DomainError `usage_file_unreadable` */
export async function* unzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const content = createGunzip();
  // What fails is thrown to whoever reads.
  pipeline(Readable.from(chunks), content, () => undefined);
  try {
    for await (const chunk of content) yield chunk as Buffer;
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    if (!code.startsWith('Z_')) throw error;
    throw chargingError('usage_file_unreadable', `the file is not whole or not compressed: ${code}`);
  }
}

/** Bytes that are read, and lines that are made of them, at once: other work has its turn between. */
const READ_BYTES = 32_768;

/** The bytes of a stored file from an offset on. */
export function readSpool(folder: string, contentHash: string, start: number): AsyncIterable<Buffer> {
  return createReadStream(join(folder, contentHash), { start, highWaterMark: READ_BYTES });
}

/** A stored file, to be read here and there, and closed. */
export function openSpool(folder: string, contentHash: string): Promise<FileHandle> {
  return open(join(folder, contentHash), 'r');
}

/** Whether the file is there with its whole length. */
export async function isInSpool(folder: string, { contentHash, sizeBytes }: Spooled): Promise<boolean> {
  const found = await stat(join(folder, contentHash)).catch(() => null);
  return found?.size === sizeBytes;
}
