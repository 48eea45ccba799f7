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
  /** Parts of calls of which other parts are still to come. */
  waiting: number;
  /** Parts that were added to the first part of their call. */
  combined: number;
}

/** How far a file is worked through. */
export interface Checkpoint {
  /** Everything before this byte and line is stored; inside a window, everything before the window. */
  checkpointBytes: number;
  checkpointLines: number;
  /** Inside a window: the parts before this one are stored, and of it the lines up to this one of the file; 0: in no window. */
  windowPart: number;
  windowLine: number;
  /** About how many bytes of the window are stored. */
  windowBytes: number;
}

/** The checkpoint behind bytes and lines of which all is stored. */
export function checkpointAt(bytes: number, lines: number): Checkpoint {
  return { checkpointBytes: bytes, checkpointLines: lines, windowPart: 0, windowLine: 0, windowBytes: 0 };
}

/** A version of a document that describes a source. */
export interface MappingVersion {
  code: string;
  version: number;
}

/** A delivery of a usage source. */
export interface UsageFile extends UsageCounts, Checkpoint {
  fileId: string;
  source: string;
  fileName: string;
  /** SHA-256 of its bytes; names it in the spool. */
  contentHash: string;
  sizeBytes: number;
  state: UsageFileState;
  /** Why it could not be read at all; null otherwise. */
  reason: string | null;
  /** The columns that its first line names; empty before it was read. */
  columns: string[];
  /** The version of the document by which it is read, from its first batch on; null before, and where it was begun without. */
  mapping: MappingVersion | null;
  receivedBy: string;
  receivedAt: Instant;
  finishedAt: Instant | null;
  /** System time of its first and its latest batch; what its rate is counted by. */
  startedAt: Instant | null;
  advancedAt: Instant | null;
}

/** Nothing counted yet. */
export const noCounts: UsageCounts = {
  read: 0,
  rated: 0,
  duplicates: 0,
  suspended: 0,
  reconciled: 0,
  waiting: 0,
  combined: 0,
};

/** A change of one file's counters; `read` stays. */
export interface CountMove extends UsageCounts {
  fileId: string;
}

/** One move per file, in the order in which their rows are locked; those that change nothing are left out. */
export function sumMoves(moves: readonly CountMove[]): CountMove[] {
  const sums = new Map<string, CountMove>();
  for (const move of moves) {
    const sum = sums.get(move.fileId);
    sums.set(move.fileId, sum ? { ...addCounts(sum, move), fileId: move.fileId } : move);
  }
  return [...sums.values()]
    .filter(({ fileId: _fileId, ...counts }) => Object.values(counts).some((count) => count !== 0))
    .sort((a, b) => (a.fileId < b.fileId ? -1 : 1));
}

/** Both together. */
export function addCounts(a: UsageCounts, b: UsageCounts): UsageCounts {
  return {
    read: a.read + b.read,
    rated: a.rated + b.rated,
    duplicates: a.duplicates + b.duplicates,
    suspended: a.suspended + b.suspended,
    reconciled: a.reconciled + b.reconciled,
    waiting: a.waiting + b.waiting,
    combined: a.combined + b.combined,
  };
}

/** Bytes of a file that are worked through. */
export function bytesDone({ checkpointBytes, windowBytes }: Checkpoint): number {
  return checkpointBytes + windowBytes;
}

/** How quickly a file is worked through; null before its first batch, and where there is nothing left. */
export interface FileProgress {
  recordsPerSecond: number | null;
  secondsLeft: number | null;
}

/** From what a file has got through between its first and its latest batch. */
export function progressOf(file: UsageFile, nowMs: number): FileProgress {
  if (file.startedAt === null) return { recordsPerSecond: null, secondsLeft: null };
  const until = file.finishedAt === null ? nowMs : Date.parse(file.advancedAt ?? file.startedAt);
  const seconds = Math.max(0.001, (until - Date.parse(file.startedAt)) / 1000);
  const done = bytesDone(file);
  const left = file.sizeBytes - done;
  const isOpen = file.state === 'collecting' && done > 0;
  return {
    recordsPerSecond: Math.round(file.read / seconds),
    secondsLeft: isOpen ? Math.ceil((left * seconds) / done) : null,
  };
}

/** A file with its progress. */
export type ReportedFile = UsageFile & FileProgress;

/** Longest file name that is kept. */
export const FILE_NAME_LIMIT = 200;

/** Largest file that is taken: 1 GiB. */
export const FILE_BYTES_LIMIT = 1024 ** 3;

/** Of a form. Its parser cuts a file at the limit without a word: one byte more comes through, and is seen to be too much. */
export function formLimits(fileBytes: number): { files: number; fileSize: number } {
  return { files: 1, fileSize: fileBytes + 1 };
}

/** Bytes of lines that are committed together; with the setting of how many lines, what is in memory twice at most. */
export const BATCH_BYTES_LIMIT = 8 * 1024 ** 2;
