import { LANE_COUNT } from '@ronghe/kernel';

/** Some neighbouring lanes of a run, carried out by one worker at a time, and how far they are. */
export interface LaneRange {
  runId: string;
  no: number;
  fromLane: number;
  /** Inclusive. */
  toLane: number;
  /** Nothing is left to do here in the run's present stage. */
  isThrough: boolean;
  /** Where drafting stands: everything up to here has a claim. */
  cursor: { lane: number; groupId: string | null };
  /** Lanes that hold drafts of this run, ascending; numbering, publishing and rejecting go through them. */
  lanes: number[];
  /** The lane that numbering, publishing or rejecting has reached. */
  stageLane: number;
  /** How many bills the present stage has handled. */
  handled: number;
  accounts: number;
  added: number;
  quarantined: number;
}

/** Accounts that are worth a range of their own … */
const ACCOUNTS_PER_RANGE = 100;
/** … and most ranges of a run: more than its workers, so that nobody waits long for the last one. */
const RANGES_AT_MOST = 16;

/** How many ranges a run over so many accounts has. */
export function rangeCount(accounts: number): number {
  return Math.min(RANGES_AT_MOST, Math.max(1, Math.ceil(accounts / ACCOUNTS_PER_RANGE)));
}

/** Divides all lanes for a run over so many accounts: every lane is in exactly one range. */
export function divideLanes(runId: string, accounts: number): LaneRange[] {
  const count = rangeCount(accounts);
  return Array.from({ length: count }, (_, no) => {
    const fromLane = Math.floor((no * LANE_COUNT) / count);
    return {
      runId,
      no,
      fromLane,
      toLane: Math.floor(((no + 1) * LANE_COUNT) / count) - 1,
      isThrough: false,
      cursor: { lane: fromLane, groupId: null },
      lanes: [],
      stageLane: fromLane,
      handled: 0,
      accounts: 0,
      added: 0,
      quarantined: 0,
    };
  });
}

/** Where a range stands after lanes got drafts. */
export function withDrafts(range: LaneRange, lanes: readonly number[]): LaneRange {
  return { ...range, lanes: [...new Set([...range.lanes, ...lanes])].sort((a, b) => a - b) };
}
