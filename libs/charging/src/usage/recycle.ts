import type { UsageSourcePolicy } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { RecordIdentity } from './duplicates';
import type { Guided } from './guide';
import { recordFromCells } from './record-reader';
import type { RecycleOutcome, SuspendedUsage } from './suspense';
import { noCounts, type UsageCounts } from './usage-file';
import { bodyHashOf, type UsageRecord } from './usage-record';

/** A suspended record that can be read now. */
export interface ReadableSuspense extends RecordIdentity {
  suspended: SuspendedUsage;
  record: UsageRecord;
  /** Its record id is taken for it already. */
  holdsId: boolean;
}

/** Reads suspended records again, from their cells as corrected; those that still cannot be read with the reason. */
export function readSuspended(
  suspended: readonly SuspendedUsage[],
  mapping: UsageSourcePolicy,
): { readable: ReadableSuspense[]; malformed: { suspended: SuspendedUsage; reason: string }[] } {
  const readable: ReadableSuspense[] = [];
  const malformed: { suspended: SuspendedUsage; reason: string }[] = [];
  for (const each of suspended) {
    const record = recordFromCells(each.cells, mapping);
    if (typeof record === 'string') malformed.push({ suspended: each, reason: record });
    else {
      const holdsId = each.holdsKey && each.recordId === record.recordId;
      readable.push({
        suspended: each,
        record,
        holdsId,
        recordId: record.recordId,
        bodyHash: bodyHashOf(record),
      });
    }
  }
  return { readable, malformed };
}

/** What guiding means for a suspended record. */
export function outcomeOfGuided(guided: Guided): RecycleOutcome {
  switch (guided.kind) {
    case 'admitted':
      return { state: 'rated' };
    case 'reconciled':
      return { state: 'reconciled' };
    case 'suspended':
      return { state: 'open', reason: guided.reason, detail: guided.detail };
  }
}

/** The suspended record after it was tried again. */
export function recycled(suspended: SuspendedUsage, outcome: RecycleOutcome, at: Instant): SuspendedUsage {
  if (outcome.state === 'open') return { ...suspended, reason: outcome.reason, detail: outcome.detail };
  return { ...suspended, state: outcome.state, endedAt: at };
}

/** By how much each file's counters move: an ended record is no longer suspended but what it became. */
export function countMoves(ended: readonly SuspendedUsage[]): (UsageCounts & { fileId: string })[] {
  const moves = new Map<string, UsageCounts & { fileId: string }>();
  for (const { fileId, state } of ended) {
    const move = moves.get(fileId) ?? { ...noCounts, fileId };
    moves.set(fileId, {
      ...move,
      suspended: move.suspended + 1,
      rated: move.rated + Number(state === 'rated'),
      duplicates: move.duplicates + Number(state === 'duplicate'),
      reconciled: move.reconciled + Number(state === 'reconciled'),
    });
  }
  return [...moves.values()];
}
