import type { Tx } from '@ronghe/platform';

/** Keeps to which parts the lines of a window belong, until it is worked through. */
export async function insertUsageWindow(tx: Tx, fileId: string, parts: Uint8Array): Promise<void> {
  await tx.execute(`insert into charging.usage_window (file_id, parts) values ($1, $2)`, [
    fileId,
    Buffer.from(parts.buffer, parts.byteOffset, parts.byteLength),
  ]);
}

/** The parts of the window that a file is in. */
export async function findUsageWindow(tx: Tx, fileId: string): Promise<Uint8Array | undefined> {
  const [row] = await tx.query<{ parts: Buffer }>(
    `select parts from charging.usage_window where file_id = $1`,
    [fileId],
  );
  return row?.parts;
}

/** Forgets the window of a file. */
export async function deleteUsageWindow(tx: Tx, fileId: string): Promise<void> {
  await tx.execute(`delete from charging.usage_window where file_id = $1`, [fileId]);
}
