import { ApiRefusal } from '@ronghe/journey';
import type { SpawnedOperator } from '@ronghe/testing';

/** A busy machine takes its time to start the operator again. */
const AWAY_MS = 60_000;
const PAUSE_MS = 100;

/** Codes of refusals that say nothing of the command: a process is going or coming. */
const passing = [
  'busy',
  'internal_error',
  'unknown',
  'database_unavailable',
  'peer_unavailable',
  'command_in_flight',
];

/** Begins something, kills the suite with -9 after a while, starts it again, and returns what became of it. */
export async function killedWhile<T>(
  operator: SpawnedOperator,
  afterMs: number,
  begin: () => Promise<T>,
): Promise<T> {
  const work = begin();
  // It is awaited below; until then its failure is nobody's.
  work.catch(() => undefined);
  await wait(afterMs);
  await operator.apps.get('suite')?.kill();
  await operator.restart('suite');
  return work;
}

/** Repeats a call with the same key until somebody answers, as a clerk presses the button again. */
export async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + AWAY_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const isFinal = error instanceof ApiRefusal && !passing.includes(error.code);
      if (isFinal || Date.now() > giveUpAt) throw error;
      await wait(PAUSE_MS);
    }
  }
}

/** The answer, or the code of the refusal. */
export async function answerOrCode<T>(call: () => Promise<T>): Promise<T | string> {
  try {
    return await untilAnswered(call);
  } catch (error) {
    if (error instanceof ApiRefusal) return error.code;
    throw error;
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
