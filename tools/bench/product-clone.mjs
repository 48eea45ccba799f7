import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { lastLines, root } from '../paths.mjs';
import { runningPostmaster } from '../postgres/postmaster.mjs';
import { describeExit, startChild } from '../process/children.mjs';
import { sendSignal } from '../process/identity.mjs';
import { step } from '../progress.mjs';
import { proportionalSetSizeBytes } from './memory.mjs';

/** A program that hangs for longer gives no figure. */
const limitMs = 45 * 60_000;
const pollMs = 25;
const removal = { recursive: true, force: true, maxRetries: 5 };

/** @typedef {{ label: string, signal: AbortSignal }} Waiting what is waited for, and whether anybody still waits */

/** A clone of this repository's HEAD in a folder of its own, used as a stranger uses it. */
export class ProductClone {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ronghe-bench-'));
    const clone = spawnSync('git', ['clone', '--quiet', '--local', root, this.folder], { encoding: 'utf8' });
    process.once('exit', () => fs.rmSync(this.folder, removal));
    if (clone.status !== 0)
      throw new Failure(`git clone failed (${(clone.stderr || '').trim()}): mend that first.`);
  }

  /**
   * Starts `npm ARGS` there; its output goes to a log.
   * @param {string[]} args
   * @returns {import('../process/children.mjs').Child}
   */
  npm(args) {
    return startChild({
      name: 'bench-npm',
      file: 'npm',
      args,
      cwd: this.folder,
      env: strangersEnvironment(),
    });
  }

  /**
   * Waits until the child has printed a text.
   * @param {import('../process/children.mjs').Child} child
   * @param {string} text
   * @param {Waiting} waiting
   * @throws {Failure} when it ends without
   */
  untilPrinted(child, text, waiting) {
    return this.#watch(child, waiting, (exit) => {
      if (fs.readFileSync(child.log ?? '', 'utf8').includes(text)) return true;
      if (exit) throw failed(child, waiting, exit);
      return false;
    });
  }

  /**
   * Waits until the child has ended well.
   * @param {import('../process/children.mjs').Child} child
   * @param {Waiting} waiting
   * @throws {Failure} when it ends with another exit code than 0
   */
  untilEnded(child, waiting) {
    return this.#watch(child, waiting, (exit) => {
      if (exit && exit.code !== 0) throw failed(child, waiting, exit);
      return exit !== null;
    });
  }

  /**
   * @param {import('../process/children.mjs').Child} child
   * @param {Waiting} waiting
   * @param {(exit: import('../process/children.mjs').Exit | null) => boolean} isThere
   */
  #watch(child, { label, signal }, isThere) {
    /** @type {import('../process/children.mjs').Exit | null} */
    let exit = null;
    void child.exited.then((value) => (exit = value));
    const work = async () => {
      for (const deadline = Date.now() + limitMs; Date.now() < deadline;) {
        signal.throwIfAborted();
        if (isThere(exit)) return;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
      throw new Failure(`${label} takes more than ${limitMs / 60_000} minutes: see the lines above.`, {
        details: lastLines(child.log ?? ''),
      });
    };
    return step(label, work, { note: () => lastLines(child.log ?? '', 1).trim() });
  }

  /** The memory of suite, network simulator and PostgreSQL that run from here. @returns {number} bytes */
  memoryBytes() {
    const runFolder = path.join(this.folder, '.ronghe', 'run');
    const records = fs
      .readdirSync(runFolder)
      .filter((name) => /^(suite|network-simulator)-\d+\.json$/.test(name));
    const pids = records.map(
      (name) => JSON.parse(fs.readFileSync(path.join(runFolder, name), 'utf8')).child.pid,
    );
    const postmaster = runningPostmaster(path.join(this.folder, '.ronghe', 'postgres'));
    if (pids.length !== 2 || !postmaster)
      throw new Failure('Suite, network simulator and PostgreSQL do not all run.');
    return proportionalSetSizeBytes([...pids, postmaster.pid]);
  }

  /** Ends it as Ctrl-C does and waits. @param {import('../process/children.mjs').Child} child */
  async stop(child) {
    sendSignal(child.pid, 'SIGTERM');
    await step('Stopping', () => child.exited);
  }

  /** Removes the folder; when the bench fails, its end does so, after everything there has stopped. */
  async remove() {
    await step('Removing the clone', () => fs.promises.rm(this.folder, removal));
  }
}

/**
 * @param {import('../process/children.mjs').Child} child @param {Waiting} waiting
 * @param {import('../process/children.mjs').Exit} exit
 */
function failed(child, { label }, exit) {
  return new Failure(`${label} failed (${describeExit(exit)}): see the lines above (all: ${child.log}).`, {
    details: lastLines(child.log ?? ''),
  });
}

/** The environment without what belongs to this clone or to the npm that runs this bench. */
function strangersEnvironment() {
  const own = [
    'DATABASE_URL',
    'REDIS_URL',
    'PORT',
    'NODE_ENV',
    'INIT_CWD',
    'npm_config_local_prefix',
    'TEST_DATABASE_URL',
  ];
  const isOwn = (/** @type {string} */ name) =>
    own.includes(name) || /^(RONGHE_|npm_(package|lifecycle)_)/.test(name);
  return Object.fromEntries(
    Object.keys(process.env)
      .filter(isOwn)
      .map((name) => [name, undefined]),
  );
}
