import { Failure } from '../failure.mjs';

const exitCodes = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

/** Somebody asked this tool to end; its exit code is the signal's. */
export class Interruption extends Failure {
  /** @param {keyof typeof exitCodes} signal */
  constructor(signal) {
    super(`Stopped by ${signal}.`, { exitCode: exitCodes[signal] });
    this.signal = signal;
  }
}

/**
 * Runs `work` until it ends or a signal comes, then `cleanUp`, whatever happened. A second signal no
 * longer waits: `force` ends at once what is left, and the process exits.
 * @template T
 * @param {object} options
 * @param {(signal: AbortSignal) => Promise<T>} options.work is told by `signal` that nobody waits for it any more
 * @param {() => Promise<void>} options.cleanUp
 * @param {() => void} options.force
 * @returns {Promise<T>}
 * @throws {Interruption} after the clean-up, when a signal came
 */
export async function untilInterrupted({ work, cleanUp, force }) {
  const abandoned = new AbortController();
  const interrupted = new Promise((_, reject) => {
    let count = 0;
    for (const signal of /** @type {(keyof typeof exitCodes)[]} */ (Object.keys(exitCodes)))
      process.on(signal, () => {
        if (++count > 1) {
          force();
          process.exit(exitCodes[signal]);
        }
        console.error('\nStopping … (once more: at once)');
        const interruption = new Interruption(signal);
        abandoned.abort(interruption);
        reject(interruption);
      });
  });
  // A reader that went away (npm start | head) must not end this process before the clean-up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    return await Promise.race([work(abandoned.signal), interrupted]);
  } finally {
    await cleanUp();
  }
}
