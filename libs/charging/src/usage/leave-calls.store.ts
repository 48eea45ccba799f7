import type { Tx } from '@ronghe/platform';
import {
  deleteParts,
  findParts,
  findPartsOf,
  lockKnownCalls,
  saveCallStates,
  saveParts,
} from './call-part.store';
import { moveOf, type PartNow } from './call-parts';
import type { CountMove } from './usage-file';

/**
 * Takes parts that are given up out of their calls; what comes later finds them missing. The moves of counters have yet to be
 * applied.
 */
export function giveUpParts(tx: Tx, source: string, recordIds: readonly string[]): Promise<CountMove[]> {
  const parts = recordIds.map((recordId) => ({ recordId, callId: null }));
  return leaveCalls(tx, source, parts, []);
}

/**
 * Takes parts out of calls that their records, as corrected, are no parts of any more. Where such a part stood for its whole
 * call, the others, which were added to it, wait again. What became of its call already stays in it. All calls that are known
 * and concerned are locked in one order, and stay locked: those that parts leave, and `joined`, which parts come to. The moves
 * of counters have yet to be applied.
 */
export async function leaveCalls(
  tx: Tx,
  source: string,
  parts: readonly PartNow[],
  joined: readonly string[],
): Promise<CountMove[]> {
  const now = new Map(parts.map(({ recordId, callId }) => [recordId, callId]));
  const stored = await findPartsOf(tx, source, [...now.keys()]);
  const isElsewhere = ({ record }: (typeof stored)[0]) => now.get(record.recordId) !== record.part.callId;
  const left = stored.filter(isElsewhere).map(({ record }) => record.part.callId);
  if (left.length === 0) return [];
  const states = await lockKnownCalls(tx, source, [...new Set([...left, ...joined])]);
  // As they are under the locks: whoever had a call before may have ended its parts.
  const leaving = (await findPartsOf(tx, source, [...now.keys()])).filter(
    (part) => part.state === 'suspended' && isElsewhere(part),
  );
  await deleteParts(
    tx,
    source,
    leaving.map(({ record }) => record.recordId),
  );
  const callIds = [...new Set(leaving.map(({ record }) => record.part.callId))];
  return reopenCalls(
    tx,
    source,
    callIds.filter((callId) => states.get(callId) === 'done'),
  );
}

/** Lets the parts that are left of calls wait again; the moves of counters. */
async function reopenCalls(tx: Tx, source: string, callIds: readonly string[]): Promise<CountMove[]> {
  const left = [...(await findParts(tx, source, callIds)).values()].flat();
  await saveParts(
    tx,
    source,
    left.map((part) => ({ ...part, state: 'waiting' })),
  );
  await saveCallStates(
    tx,
    source,
    callIds.map((callId) => ({ callId, state: 'open' })),
  );
  return left.flatMap((part) => moveOf(part, 'waiting'));
}
