import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { lastLines } from '../paths.mjs';
import { describeExit, startChild } from '../process/children.mjs';
import { nextFreePort } from '../process/ports.mjs';
import { say, step } from '../progress.mjs';

const firstPort = 56_379;
const startTimeoutMs = 10_000;

/**
 * Starts a Redis of our own with empty memory; it ends with this tool.
 * @returns {Promise<string>} its URL
 * @throws {Failure} when there is none and none can be installed
 */
export async function startRedis() {
  await ensureInstalled();
  const port = await nextFreePort(firstPort);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ronghe-redis-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = startChild({ name: 'test-redis', file: 'redis-server', args });
  const answers = async () => {
    for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline;)
      if (await isPonging(port)) return true;
    return false;
  };
  const outcome = await Promise.race([answers(), child.exited]);
  if (outcome === true) return `redis://127.0.0.1:${port}`;
  throw new Failure(
    `redis-server did not start (${outcome ? describeExit(outcome) : 'no answer'}): see the lines above.`,
    { details: lastLines(child.log ?? '') },
  );
}

const isHere = () => spawnSync('redis-server', ['--version']).status === 0;

async function ensureInstalled() {
  if (isHere()) return;
  const advice = 'install it (Debian: apt-get install redis-server) and try again';
  if (process.getuid?.() !== 0) throw new Failure(`The Redis suite needs redis-server: ${advice}.`);
  say('redis-server is missing: installing it with apt-get.');
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', 'redis-server'],
  ]) {
    // Without a run level the package does not start its service; the suite starts its own server.
    const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    const child = startChild({ name: 'apt-get', file: 'apt-get', args, env });
    const exit = await step(`apt-get ${args[0]}`, () => child.exited);
    if (exit.code !== 0)
      throw new Failure(`apt-get ${args[0]} failed (${describeExit(exit)}): ${advice}.`, {
        details: lastLines(child.log ?? ''),
      });
  }
  if (!isHere()) throw new Failure(`redis-server does not run after its installation: ${advice}.`);
}

/** @param {number} port @returns {Promise<boolean>} */
function isPonging(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy();
      setTimeout(resolve, answer ? 0 : 50, answer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
    socket.once('error', () => end(false));
  });
}
