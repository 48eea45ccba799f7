import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { logFolder, makeFolder, root, runFolder } from '../paths.mjs';
import { identityOf, isAlive, sendSignal, waitUntilGone } from './identity.mjs';

/**
 * A process that this tool started and must not outlive it.
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid of the process and of its group
 * @property {string | null} log its output, null when the terminal shows it
 * @property {Promise<Exit>} exited
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, error?: Error }} Exit
 */

/** What a child gets to end in order before it is killed. */
const gracePeriodMs = 15_000;

/** @type {(Child & { file: string })[]} */
const running = [];

// Whatever ends this process, even a defect, takes the children along.
process.on('exit', killChildren);

/**
 * Starts a program in its own process group, so that a Ctrl-C reaches it only through this tool, in the
 * right order. A file in .ronghe/run remembers it for the case that this tool is killed.
 * @param {object} options
 * @param {string} options.name names the log and the file in .ronghe/run
 * @param {string[]} options.args
 * @param {string} [options.file] node if not given
 * @param {NodeJS.ProcessEnv} [options.env] added to the own environment; undefined removes a variable
 * @param {'log' | 'terminal'} [options.output]
 * @param {string} [options.cwd] the clone if not given
 * @returns {Child}
 */
export function startChild({ name, args, file = process.execPath, env = {}, output = 'log', cwd = root }) {
  const log = output === 'log' ? freshLog(name) : null;
  const target = log ? fs.openSync(log, 'a') : 'inherit';
  const options = /** @type {const} */ ({ cwd, detached: true, stdio: ['ignore', target, target] });
  const child = spawn(file, args, { ...options, env: { ...process.env, ...env } });
  if (typeof target === 'number') fs.closeSync(target);
  const pidFile = path.join(runFolder, `${name}-${process.pid}.json`);
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  if (child.pid === undefined) return { name, pid: 0, log, exited };
  makeFolder(runFolder);
  fs.writeFileSync(pidFile, JSON.stringify({ child: identityOf(child.pid), owner: identityOf() }));
  const entry = { name, pid: child.pid, log, exited, file: pidFile };
  running.push(entry);
  exited.then(() => forget(entry));
  return entry;
}

/** Ends what the program itself left behind, and its record. */
function forget(entry) {
  sendSignal(entry.pid, 'SIGKILL', { group: true });
  fs.rmSync(entry.file, { force: true });
  running.splice(running.indexOf(entry), 1);
}

/** The log of the run before is kept under another name. @param {string} name @returns {string} */
function freshLog(name) {
  makeFolder(logFolder);
  const log = path.join(logFolder, `${name}.log`);
  if (fs.existsSync(log)) fs.renameSync(log, path.join(logFolder, `${name}.previous.log`));
  return log;
}

/** Asks a child to end, and kills it when it does not. @param {Child} child @returns {Promise<Exit>} */
export async function stopChild(child) {
  const timer = setTimeout(() => sendSignal(child.pid, 'SIGKILL', { group: true }), gracePeriodMs);
  sendSignal(child.pid, 'SIGTERM');
  const exit = await child.exited;
  clearTimeout(timer);
  return exit;
}

/** Stops all children, the last one first: it may need the earlier ones. */
export async function stopChildren() {
  for (const child of [...running].reverse()) await stopChild(child);
}

/** Kills all children without waiting. */
export function killChildren() {
  for (const child of running) sendSignal(child.pid, 'SIGKILL', { group: true });
}

/** @param {Exit} exit @returns {string} such as 'exit code 1' */
export function describeExit({ code, signal, error }) {
  if (error) return error.message;
  return signal ? `signal ${signal}` : `exit code ${code}`;
}

/**
 * Stops children of tools that were killed.
 * @returns {Promise<string[]>} what was stopped, for people
 */
export async function stopOrphans() {
  const stopped = [];
  for (const name of fs.existsSync(runFolder) ? fs.readdirSync(runFolder) : []) {
    const file = path.join(runFolder, name);
    const { child, owner } = readRecord(file);
    if (!child || isAlive(owner)) continue;
    if (isAlive(child)) {
      stopped.push(`${name.replace(/-\d+\.json$/, '')} (process ${child.pid})`);
      sendSignal(child.pid, 'SIGTERM');
      if (!(await waitUntilGone(child, gracePeriodMs))) sendSignal(child.pid, 'SIGKILL', { group: true });
      await waitUntilGone(child, gracePeriodMs);
    }
    fs.rmSync(file, { force: true });
  }
  return stopped;
}

/** @returns {{ child?: import('./identity.mjs').ProcessIdentity, owner?: import('./identity.mjs').ProcessIdentity }} */
function readRecord(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
