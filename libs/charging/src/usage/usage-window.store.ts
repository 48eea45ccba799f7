import type { Tx } from '@ronghe/platform';
import { checkpointAt, type UsageFile } from './usage-file';
import type { UsageWindow } from './usage-window';

/** Keeps to which parts the lines of a window belong, until it is worked through, also while its file has failed. */
export async function insertUsageWindow(
  tx: Tx,
  fileId: string,
  { startBytes, parts }: Pick<UsageWindow, 'startBytes' | 'parts'>,
): Promise<void> {
  await tx.execute(`insert into charging.usage_window (file_id, start_bytes, parts) values ($1, $2, $3)`, [
    fileId,
    startBytes,
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

/**
 * The file, out of a window that does not begin at its checkpoint, or is gone: whoever knows nothing of windows, before an
 * upgrade, has read on there, or whoever forgot it as the file failed. What the window had stored comes again, as duplicates.
 * The file must be locked.
 */
export async function leaveStrayWindow(tx: Tx, file: UsageFile): Promise<UsageFile> {
  const { fileId, checkpointBytes, checkpointLines } = file;
  if (file.windowLine === 0) return file;
  const rows = await tx.query(`select 1 from charging.usage_window where file_id = $1 and start_bytes = $2`, [
    fileId,
    checkpointBytes,
  ]);
  if (rows.length > 0) return file;
  await deleteUsageWindow(tx, fileId);
  await tx.execute(
    `update charging.usage_file set window_part = 0, window_line = 0, window_bytes = 0 where file_id = $1`,
    [fileId],
  );
  return { ...file, ...checkpointAt(checkpointBytes, checkpointLines) };
}

/** Forgets the window of a file. */
export async function deleteUsageWindow(tx: Tx, fileId: string): Promise<void> {
  await tx.execute(`delete from charging.usage_window where file_id = $1`, [fileId]);
}
