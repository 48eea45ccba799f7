/** How long a step may last without a sign of life. */
const patienceMs = 2_000;
const repeatMs = 10_000;
const began = performance.now();

/** @param {number} ms @returns {string} such as '0.3 s' or '75 s' */
export const seconds = (ms) => `${ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)} s`;

/** Prints a line with the time since the tool began. @param {string} text */
export function say(text) {
  console.log(`[${seconds(performance.now() - began).padStart(6)}] ${text}`);
}

/**
 * Runs a step. What lasts longer than two seconds says so, and again every ten.
 * @template T
 * @param {string} label what is being done
 * @param {() => Promise<T> | T} work
 * @param {{ note?: () => string }} [options] `note` tells how far it is
 * @returns {Promise<T>}
 */
export async function step(label, work, { note = () => '' } = {}) {
  const started = performance.now();
  const tell = () => {
    const soFar = note();
    say(`${label} … ${seconds(performance.now() - started)}${soFar && `, ${soFar}`}`);
  };
  /** @type {NodeJS.Timeout | undefined} */
  let repeat;
  const first = setTimeout(() => {
    tell();
    repeat = setInterval(tell, repeatMs);
  }, patienceMs);
  try {
    return await work();
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}
