import { Failure } from '../failure.mjs';
import { lastLines } from '../paths.mjs';
import { describeExit, startChild, stopChild } from '../process/children.mjs';
import { isPortFree, listensOn, nextFreePort } from '../process/ports.mjs';
import { entryOf } from './programs.mjs';

/** @typedef {import('../process/children.mjs').Child & { port: number, url: string }} App */

const readyTimeoutMs = 120_000;
const pollMs = 100;

/**
 * Starts an app and waits until it answers. Where the port is lost to somebody between the look and the
 * start, the next one is tried.
 * @param {object} options
 * @param {string} options.name folder in apps/
 * @param {number} options.port
 * @param {boolean} options.isPortFixed
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} [options.readyPath] answers 200 when the app is ready; without it listening is enough
 * @param {AbortSignal} options.signal
 * @returns {Promise<App>}
 * @throws {Failure} when it ends instead, with its last lines
 */
export async function startApp({ name, port, isPortFixed, env, readyPath, signal }) {
  if (isPortFixed && !(await isPortFree(port)))
    throw new Failure(`Port ${port} is in use by another program: stop it, or give another --port.`);
  for (let candidate = port; ; candidate++) {
    if (!isPortFixed) candidate = await nextFreePort(candidate);
    signal.throwIfAborted();
    const url = `http://127.0.0.1:${candidate}`;
    // Links on bills lead here, unless somebody knows a better address.
    const address = { PORT: String(candidate), RONGHE_PUBLIC_URL: process.env.RONGHE_PUBLIC_URL ?? url };
    const child = startChild({ name, args: [entryOf(name)], env: { ...env, ...address } });
    const app = { ...child, port: candidate, url };
    const exit = await Promise.race([child.exited, waitUntilReady(app, readyPath)]);
    if (!exit) return app;
    if (isPortFixed || !lastLines(child.log ?? '', 50).includes('EADDRINUSE')) throw endedEarly(app, exit);
  }
}

/** @param {App} app @param {string} [readyPath] */
async function waitUntilReady(app, readyPath) {
  for (const deadline = Date.now() + readyTimeoutMs; Date.now() < deadline;) {
    if (listensOn(app.pid, app.port) && (!readyPath || (await answers(app.url + readyPath)))) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  await stopChild(app);
  throw new Failure(
    `${app.name} is not ready after ${readyTimeoutMs / 1000} s: see the lines above (all: ${app.log}).`,
    {
      details: lastLines(app.log ?? ''),
    },
  );
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** @param {App} app @param {import('../process/children.mjs').Exit} exit */
export function endedEarly(app, exit) {
  return new Failure(
    `${app.name} ended unexpectedly (${describeExit(exit)}): see the lines above (all: ${app.log}), then start again.`,
    { details: lastLines(app.log ?? '') },
  );
}
