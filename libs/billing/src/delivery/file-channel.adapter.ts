import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeliveryMessage } from './delivery';

/** Puts a bill's files into a folder of its delivery: under another name first, so that none is seen half written. */
export async function putFiles(folder: string, message: DeliveryMessage): Promise<void> {
  const own = join(folder, message.messageId);
  await mkdir(own, { recursive: true });
  const facts = Buffer.from(`${JSON.stringify(message.facts, null, 2)}\n`);
  const bill = { fileName: 'bill.json', content: facts };
  for (const { fileName, content } of [...message.files, bill]) {
    const target = join(own, fileName);
    await writeFile(`${target}.part`, content);
    await rename(`${target}.part`, target);
  }
}
