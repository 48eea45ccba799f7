/** What came of one vector. */
export type Outcome =
  | { status: 'passed' }
  | { status: 'failed'; reason: string }
  /** The engine answers otherwise on purpose; `anchor` is the section of docs/semantics.md that says why. */
  | { status: 'differs by choice'; anchor: string; reason: string }
  /** The engine has no function for this: never counted as passed. */
  | { status: 'not applicable'; reason: string };

export const passed: Outcome = { status: 'passed' };

export const failed = (reason: string): Outcome => ({ status: 'failed', reason });

export const byChoice = (anchor: string, reason: string): Outcome => ({
  status: 'differs by choice',
  anchor,
  reason,
});

/** Thrown by a replayer that meets what the engine cannot do, or a field that it does not understand. */
export class NotApplicable extends Error {}
