import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { minInstant, groupBy } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import {
  findParts,
  findSourcesOfOverdueCalls,
  lockCalls,
  lockOverdueCalls,
  saveCallStates,
  saveParts,
} from './call-part.store';
import {
  assembleCall,
  conflictOf,
  expiryOf,
  moveOf,
  type CompleteCall,
  type PartState,
  type StoredPart,
  type TakenParts,
} from './call-parts';
import type { Guided } from './guide';
import type { NewSuspense } from './suspense';
import { endSuspendedParts, insertSuspended } from './suspense.store';
import type { CountMove } from './usage-file';
import { moveCounts } from './usage-file.store';

/** Calls that are flagged in one transaction. */
const CALLS_AT_ONCE = 500;

/** Combines the parts of calls (SEMANTICS §5), and flags those of which parts are missing. */
@Injectable()
export class UsageCalls {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Stores parts and finds the calls that are complete with them. A part that is known already (it was set aside) takes
   * the place of what is stored.
   */
  async take(tx: Tx, mapping: UsageSourcePolicy, incoming: readonly StoredPart[]): Promise<TakenParts> {
    const taken: TakenParts = { complete: [], refused: [], incomplete: [] };
    if (incoming.length === 0) return taken;
    const { source } = mapping;
    const byCall = groupBy(incoming, ({ record }) => record.part.callId);
    const expiresAt = expiryOf(tx.now, mapping.partsWaitHours);
    const arrivals = [...byCall].map(([callId, parts]) => ({
      callId,
      startedAt: parts.map(({ record }) => record.usedAt).reduce(minInstant),
      expiresAt,
    }));
    const states = await lockCalls(tx, source, arrivals);
    const stored = await findParts(tx, source, [...byCall.keys()]);
    const saved: StoredPart[] = [];
    for (const [callId, parts] of byCall) {
      const isDone = states.get(callId) === 'done';
      saved.push(...takeCall(parts, stored.get(callId) ?? [], isDone, taken));
    }
    await saveParts(tx, source, saved);
    const open = new Set(taken.incomplete.map(({ part }) => part.record.part.callId));
    await saveCallStates(
      tx,
      source,
      [...open].map((callId) => ({ callId, state: 'open' as const })),
    );
    return taken;
  }

  /**
   * Ends the parts of complete calls by where their events went: the first part stands for the call, the others are
   * combined with it. The moves of counters have yet to be applied.
   */
  async end(
    tx: Tx,
    source: string,
    calls: readonly { call: CompleteCall; guided: Guided }[],
  ): Promise<{ moves: CountMove[]; suspended: NewSuspense[] }> {
    const moves: CountMove[] = [];
    const suspended: NewSuspense[] = [];
    const changed: StoredPart[] = [];
    for (const { call, guided } of calls) {
      for (const [index, part] of call.parts.entries()) {
        const to = index === 0 ? stateOf(guided) : 'combined';
        if (index === 0 && guided.kind === 'suspended' && part.state !== 'suspended')
          suspended.push(suspenseOf(part, guided.reason, guided.detail));
        moves.push(...moveOf(part, to));
        if (part.state !== to) changed.push({ ...part, state: to });
      }
    }
    await saveParts(tx, source, changed);
    await endSuspendedParts(tx, source, changed);
    const callIds = calls.flatMap(({ call }) => call.parts[0]?.record.part.callId ?? []);
    await saveCallStates(
      tx,
      source,
      callIds.map((callId) => ({ callId, state: 'done' as const })),
    );
    return { moves, suspended };
  }

  /** Sources with calls that have waited long enough. */
  overdueSources(): Promise<string[]> {
    return this.transactions.read(findSourcesOfOverdueCalls);
  }

  /** Sets the parts of such calls of a source aside, with what is missing, until there is none left. */
  async flagOverdue(source: string): Promise<void> {
    while (await this.transactions.run((tx) => this.flagSome(tx, source)));
  }

  private async flagSome(tx: Tx, source: string): Promise<boolean> {
    const callIds = await lockOverdueCalls(tx, source, CALLS_AT_ONCE);
    if (callIds.length === 0) return false;
    const waiting: { part: StoredPart; missing: string }[] = [];
    for (const parts of (await findParts(tx, source, callIds)).values()) {
      const assembly = assembleCall(parts);
      if (assembly.kind === 'complete') continue;
      for (const part of parts)
        if (part.state === 'waiting') waiting.push({ part, missing: assembly.missing });
    }
    await saveParts(
      tx,
      source,
      waiting.map(({ part }) => ({ ...part, state: 'suspended' })),
    );
    await insertSuspended(
      tx,
      source,
      waiting.map(({ part, missing }) => suspenseOf(part, 'part_missing', missing)),
    );
    await saveCallStates(
      tx,
      source,
      callIds.map((callId) => ({ callId, state: 'flagged' })),
    );
    await moveCounts(
      tx,
      waiting.flatMap(({ part }) => moveOf(part, 'suspended')),
    );
    return true;
  }
}

/** The parts of one call that have to be stored; the call goes where it belongs in `taken`. */
function takeCall(
  incoming: readonly StoredPart[],
  stored: readonly StoredPart[],
  isDone: boolean,
  taken: TakenParts,
): StoredPart[] {
  const parts = new Map(stored.map((part) => [part.record.recordId, part]));
  const saved: StoredPart[] = [];
  for (const part of incoming) {
    const { recordId } = part.record;
    const before = parts.get(recordId);
    const others = [...parts.values()].filter((other) => other.record.recordId !== recordId);
    const detail =
      isDone && !before ? 'the call was complete before this part came' : conflictOf(part, others);
    if (detail !== null) {
      taken.refused.push({ part, detail });
      continue;
    }
    const kept = { ...part, state: before?.state ?? part.state };
    parts.set(recordId, kept);
    saved.push(kept);
  }
  if (saved.length === 0) return saved;
  const assembly = assembleCall([...parts.values()]);
  if (assembly.kind === 'complete') taken.complete.push(assembly);
  else taken.incomplete.push(...saved.map((part) => ({ part, missing: assembly.missing })));
  return saved;
}

function stateOf(guided: Guided): PartState {
  switch (guided.kind) {
    case 'admitted':
      return 'rated';
    case 'reconciled':
      return 'reconciled';
    case 'suspended':
      return 'suspended';
  }
}

function suspenseOf(part: StoredPart, reason: NewSuspense['reason'], detail: string): NewSuspense {
  const { fileId, lineNumber, line, cells, record } = part;
  return { fileId, lineNumber, recordId: record.recordId, reason, detail, line, cells, holdsKey: true };
}
