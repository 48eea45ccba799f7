/** What a batch of requests is told of the one before, and what it tells for the one behind it. */
export interface BatchTurn {
  /**
   * Until the batch before it has been written, or takes too long: so long it may be decided, but what it asks of PostgreSQL shall
   * not leave if it has locked nothing yet. It never fails. Null: at once.
   */
  after: Promise<void> | null;
  /** All is decided and has left; only PostgreSQL has still to work. @param isRecalled nothing had to be read for it */
  writing(isRecalled: boolean): void;
  /** PostgreSQL has written it, and nearly always committed. */
  written(): void;
}

/** The turns of two parts of a batch that are run beside each other: what both have come to is told once. */
export function inTwoParts({ after, writing, written }: BatchTurn): [BatchTurn, BatchTurn] {
  const left = { writing: new Set([0, 1]), written: new Set([0, 1]) };
  let areRecalled = false;
  const turnOf = (part: number): BatchTurn => ({
    after,
    writing(isRecalled) {
      areRecalled ||= isRecalled;
      if (left.writing.delete(part) && left.writing.size === 0) writing(areRecalled);
    },
    written() {
      if (left.written.delete(part) && left.written.size === 0) written();
    },
  });
  return [turnOf(0), turnOf(1)];
}
