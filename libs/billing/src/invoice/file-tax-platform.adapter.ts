import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instantFromIso, type Instant } from '@ronghe/kernel';

/** A region and a channel that no tax office has given out. */
const PLACE = '990';
const SEQUENCES = 10n ** 15n;

/**
 * Numbers an invoice in a folder: `NUMBER.json` holds one that was numbered. A number belongs to whom its file appeared for
 * first; a request looks for its own from the same place on, so it finds what it got before, also after a crash.
 */
export async function numberInFolder(
  folder: string,
  { requestId, xml, issuedAt }: { requestId: string; xml: string; issuedAt: Instant },
): Promise<{ number: string; issuedAt: Instant }> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `.${randomUUID()}.part`);
  await writeFile(draft, `${JSON.stringify({ requestId, issuedAt, xml }, null, 2)}\n`);
  try {
    for (let sequence = startOf(requestId); ; sequence = (sequence + 1n) % SEQUENCES) {
      const number = numberAt(sequence);
      const file = join(folder, `${number}.json`);
      if (await appears(draft, file)) return { number, issuedAt };
      const other = JSON.parse(await readFile(file, 'utf8')) as { requestId: string; issuedAt: string };
      if (other.requestId === requestId) return { number, issuedAt: instantFromIso(other.issuedAt) };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** Puts a finished file under its name; false when another has the name. */
async function appears(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function startOf(requestId: string): bigint {
  const hash = createHash('sha256').update(requestId).digest().readBigUInt64BE();
  return hash % SEQUENCES;
}

/** Where the platform has the year stands 99: a request that is made again next year gets its number. */
function numberAt(sequence: bigint): string {
  return `99${PLACE}${sequence.toString().padStart(15, '0')}`;
}
