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

/** Takes parts that are given up out of their calls, under the calls' locks; what comes later finds them missing. */
export async function giveUpParts(tx: Tx, source: string, recordIds: readonly string[]): Promise<void> {
  const leaving = await findPartsOf(tx, source, recordIds);
  if (leaving.length === 0) return;
  await lockKnownCalls(
    tx,
    source,
    leaving.map(({ record }) => record.part.callId),
  );
  await deleteParts(tx, source, recordIds);
}

/**
 * Takes parts out of calls that their records, as corrected, are no parts of any more. Where such a part stood for its whole
 * call, the others, which were added to it, wait again. All calls that are concerned stay locked, those that parts come to
 * included. The moves of counters have yet to be applied.
 */
export async function leaveCalls(tx: Tx, source: string, parts: readonly PartNow[]): Promise<CountMove[]> {
  const now = new Map(parts.map(({ recordId, callId }) => [recordId, callId]));
  const stored = await findPartsOf(tx, source, [...now.keys()]);
  const leaving = stored.filter(({ record }) => now.get(record.recordId) !== record.part.callId);
  if (leaving.length === 0) return [];
  const callIds = [...new Set(leaving.map(({ record }) => record.part.callId))];
  const joined = [...now.values()].flatMap((callId) => callId ?? []);
  const states = await lockKnownCalls(tx, source, [...callIds, ...joined]);
  await deleteParts(
    tx,
    source,
    leaving.map(({ record }) => record.recordId),
  );
  const done = callIds.filter((callId) => states.get(callId) === 'done');
  const left = [...(await findParts(tx, source, done)).values()].flat();
  await saveParts(
    tx,
    source,
    left.map((part) => ({ ...part, state: 'waiting' })),
  );
  await saveCallStates(
    tx,
    source,
    done.map((callId) => ({ callId, state: 'open' })),
  );
  return left.flatMap((part) => moveOf(part, 'waiting'));
}
