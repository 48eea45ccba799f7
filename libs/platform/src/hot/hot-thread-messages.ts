import type { HotTiming } from './hot-edge';
import type { HotAnswer } from './hot-routes';

/** What the thread needs to begin. */
export interface ThreadStart {
  port: number;
  bindAddress: string;
  jwtSecret: string;
  /** The files of hot routes. */
  files: readonly string[];
}

/** A request that has been read: its number, the place of its routes, and what is asked. */
export type ThreadRequest = readonly [number: number, place: number, asked: unknown];
/** What is answered to the request with that number. */
export type ThreadReply = readonly [number: number, answer: HotAnswer];

/** What the thread tells. */
export type FromThread =
  | { kind: 'listening'; port: number }
  | { kind: 'refused'; code: string | undefined; message: string }
  | { kind: 'asked'; requests: readonly ThreadRequest[] }
  | { kind: 'took'; timings: readonly HotTiming[] }
  /** A defect of ours, as text: not everything that is thrown can cross threads. */
  | { kind: 'failed'; error: string }
  | { kind: 'closed' };

/** What the thread is told. */
export type ToThread =
  | { kind: 'answered'; replies: readonly ThreadReply[] }
  /** The process itself listens there: it gets what takes the ordinary way. */
  | { kind: 'upstream'; url: string }
  | { kind: 'close' };

/**
 * Gathers what is sent one by one, as a message to another thread costs more than what is in it.
 * @param soon calls back once what comes at the same time has come
 * @returns adds one
 */
export function gathering<T>(
  soon: (then: () => void) => void,
  send: (all: readonly T[]) => void,
): (one: T) => void {
  let all: T[] = [];
  return (one) => {
    all.push(one);
    if (all.length > 1) return;
    soon(() => {
      const gathered = all;
      all = [];
      send(gathered);
    });
  };
}
