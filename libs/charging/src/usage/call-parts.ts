import { amountFromMicro, type Instant } from '@ronghe/kernel';
import type { Cells } from './record-reader';
import type { CallPart, UsageRecord } from './usage-record';
import { noCounts, type CountMove, type UsageCounts } from './usage-file';

/** Waiting for other parts; set aside; the one as which the call was rated or reconciled; added to that one. */
export type PartState = 'waiting' | 'suspended' | 'rated' | 'reconciled' | 'combined';

/** A part of a call, with where it came from. */
export interface StoredPart {
  record: UsageRecord & { part: CallPart };
  fileId: string;
  lineNumber: number;
  line: string;
  cells: Cells;
  state: PartState;
}

/** A suspended record that may be stored as a part: by its id as stored, and the call that it is a part of now; null: of none. */
export interface PartNow {
  recordId: string;
  callId: string | null;
}

/** Largest quantity that the parts of a call may have together. */
const QUANTITY_LIMIT = 10n ** 12n - 1n;

/** Whether a call's parts are all there. */
export type Assembly =
  { kind: 'complete'; parts: StoredPart[]; record: UsageRecord } | { kind: 'incomplete'; missing: string };

/** A call whose parts are all there. */
export type CompleteCall = Extract<Assembly, { kind: 'complete' }>;

/** What became of parts that came. */
export interface TakenParts {
  complete: CompleteCall[];
  /** Parts that cannot belong to their call, with why. */
  refused: { part: StoredPart; detail: string }[];
  /** Parts of calls that are not complete, as they are stored now, with what is missing. */
  incomplete: { part: StoredPart; missing: string }[];
}

/**
 * One event out of the parts of a call: from the first part up to the last one without a gap. It starts when the first
 * part starts, has the first part's id, and the quantities of all.
 */
export function assembleCall(parts: readonly StoredPart[]): Assembly {
  const sorted = [...parts].sort((a, b) => a.record.part.number - b.record.part.number);
  const last = sorted.findLast(({ record }) => record.part.isLast)?.record.part.number ?? null;
  const numbers = new Set(sorted.map(({ record }) => record.part.number));
  const highest = last ?? sorted.at(-1)?.record.part.number ?? 0;
  const missing: number[] = [];
  for (let number = 1; number <= highest && missing.length < MISSING_NAMED; number += 1)
    if (!numbers.has(number)) missing.push(number);
  const [first] = sorted;
  if (!first || last === null || missing.length > 0)
    return { kind: 'incomplete', missing: wordsFor(missing, last === null) };
  const quantity = sorted.reduce((sum, { record }) => sum + record.quantity, 0n);
  return {
    kind: 'complete',
    parts: sorted,
    record: { ...first.record, part: null, quantity, preratedAmount: prerated(sorted) },
  };
}

/** Missing parts that are named. */
const MISSING_NAMED = 10;

function wordsFor(missing: readonly number[], lacksLast: boolean): string {
  const named = missing.length > 0 ? [`part ${missing.join(', ')}`] : [];
  return `${[...named, ...(lacksLast ? ['the last part'] : [])].join(' and ')} of the call is missing`;
}

function prerated(parts: readonly StoredPart[]): UsageRecord['preratedAmount'] {
  const amounts = parts.flatMap(({ record }) => record.preratedAmount ?? []);
  return amounts.length === 0 ? null : amountFromMicro(amounts.reduce((sum, amount) => sum + amount, 0n));
}

/** Why a part cannot belong to a call that has these parts; null when it can. */
export function conflictOf(part: StoredPart, others: readonly StoredPart[]): string | null {
  const { record } = part;
  const { number, isLast } = record.part;
  for (const other of others) {
    const its = other.record.part;
    if (its.number === number) return `part ${number} of the call came before as ${other.record.recordId}`;
    if (its.isLast && number > its.number) return `part ${its.number} was the last of the call`;
    if (isLast && its.number > number) return `part ${its.number} of the call came before`;
    if (other.record.usageClass !== record.usageClass || other.record.subscriber !== record.subscriber)
      return `another part of the call has another subscriber or type`;
  }
  const total = others.reduce((sum, other) => sum + other.record.quantity, record.quantity);
  return total > QUANTITY_LIMIT ? 'the call is larger than twelve digits' : null;
}

/** What a change of a part's state does to the counters of its file. */
export function moveOf(part: StoredPart, to: PartState): CountMove[] {
  if (part.state === to) return [];
  const counts: UsageCounts = { ...noCounts };
  counts[part.state] -= 1;
  counts[to] += 1;
  return [{ ...counts, fileId: part.fileId }];
}

/** When a call that has waited long enough is flagged; null: when its source is closed. */
export function expiryOf(now: Instant, waitHours: number | undefined): Instant | null {
  if (waitHours === undefined) return null;
  return new Date(Date.parse(now) + waitHours * HOUR_MS).toISOString() as Instant;
}

const HOUR_MS = 3_600_000;
