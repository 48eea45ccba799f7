import type { Instant } from '@ronghe/kernel';

/** Received: on disk, not read yet. Collecting: read up to its checkpoint. Collected or failed: ends. */
export type UsageFileState = 'received' | 'collecting' | 'collected' | 'failed';

/** What became of a file's records; read = the sum of the others. */
export interface UsageCounts {
  read: number;
  rated: number;
  duplicates: number;
  suspended: number;
  /** Of a usage class that is charged online: counted, never rated again. */
  reconciled: number;
}

/** A delivery of a usage source. */
export interface UsageFile extends UsageCounts {
  fileId: string;
  source: string;
  fileName: string;
  /** SHA-256 of its bytes; names it in the spool. */
  contentHash: string;
  sizeBytes: number;
  state: UsageFileState;
  /** Why it could not be read at all; null otherwise. */
  reason: string | null;
  /** Everything before this byte and line is stored. */
  checkpointBytes: number;
  checkpointLines: number;
  /** The columns that its first line names; empty before it was read. */
  columns: string[];
  receivedBy: string;
  receivedAt: Instant;
  finishedAt: Instant | null;
}

/** Nothing counted yet. */
export const noCounts: UsageCounts = { read: 0, rated: 0, duplicates: 0, suspended: 0, reconciled: 0 };

/** Longest file name that is kept. */
export const FILE_NAME_LIMIT = 200;

/** Largest file that is taken: 1 GiB. */
export const FILE_BYTES_LIMIT = 1024 ** 3;

/** A batch is committed whole, with the checkpoint behind it. */
export const batchLimits = { lines: 1000, bytes: 1024 ** 2 };
