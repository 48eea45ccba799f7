import type { UsageSourcePolicy } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { RecordIdentity } from './duplicates';
import type { Guided } from './guide';
import { recordFromCells } from './record-reader';
import type { RecycleOutcome, SuspendedUsage } from './suspense';
import { noCounts, type CountMove } from './usage-file';
import type { CompleteCall, PartNow, StoredPart, TakenParts } from './call-parts';
import { bodyHashOf, type CallPart, type UsageRecord } from './usage-record';

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

/** By how much files' counters move: an ended record is no longer suspended but what it became. */
export function countMoves(ended: readonly SuspendedUsage[]): CountMove[] {
  return ended.map(({ fileId, state }) => ({
    ...noCounts,
    fileId,
    suspended: -1,
    rated: Number(state === 'rated'),
    duplicates: Number(state === 'duplicate'),
    reconciled: Number(state === 'reconciled'),
  }));
}

/** A record whose id was taken meanwhile by another. */
export const contentDiffers: RecycleOutcome = {
  state: 'open',
  reason: 'content_differs',
  detail: 'the record id came before with other content',
};

/** A suspended record that is a part of a call. */
export type SuspendedPart = ReadableSuspense & { record: UsageRecord & { part: CallPart } };

/** Whether a suspended record is a part of a call. */
export function isSuspendedPart(each: ReadableSuspense): each is SuspendedPart {
  return each.record.part !== null;
}

/** The id under which a suspended record may be stored as a part; none where its id is not taken for it. */
export function heldId({ recordId, holdsKey }: SuspendedUsage): string[] {
  return holdsKey && recordId !== null ? [recordId] : [];
}

/** Of which call a record that may be stored as a part is a part now; under another id than that of the part it is of none. */
export function partNow({ suspended, record }: ReadableSuspense): PartNow[] {
  return heldId(suspended).map((recordId) => ({
    recordId,
    callId: record.recordId === recordId ? (record.part?.callId ?? null) : null,
  }));
}

/** The part as it is stored among those of its call, with its corrections. */
export function partOf({ suspended, record }: SuspendedPart): StoredPart {
  const { fileId, lineNumber, line, cells } = suspended;
  return { record, fileId, lineNumber, line, cells, state: 'suspended' };
}

/** What became of each part, by record id. A part of an incomplete call that held its id before stays set aside. */
export function outcomesOfParts(
  { refused, incomplete }: Pick<TakenParts, 'refused' | 'incomplete'>,
  calls: readonly { call: CompleteCall; guided: Guided }[],
): Map<string, RecycleOutcome> {
  const outcomes = new Map<string, RecycleOutcome>();
  for (const { part, detail } of refused)
    outcomes.set(part.record.recordId, { state: 'open', reason: 'part_conflict', detail });
  for (const { part, missing } of incomplete)
    outcomes.set(part.record.recordId, { state: 'open', reason: 'part_missing', detail: missing });
  for (const { call, guided } of calls) {
    for (const [index, part] of call.parts.entries())
      outcomes.set(part.record.recordId, index === 0 ? outcomeOfGuided(guided) : { state: 'combined' });
  }
  return outcomes;
}
