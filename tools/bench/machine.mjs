import { spawnSync } from 'node:child_process';
import os from 'node:os';
import { root } from '../paths.mjs';

/** What a figure depends on besides the code: it means little without. */
export function describeMachine() {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Number((os.totalmem() / 1e9).toFixed(1)),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    commit: git('rev-parse', 'HEAD'),
    takenAt: new Date().toISOString(),
  };
}

/** Whether the folder holds changes to tracked files, which a clone of HEAD lacks. */
export const hasLocalChanges = () => git('status', '--porcelain', '--untracked-files=no') !== '';

/** @param {string[]} args @returns {string} '' outside of a git repository */
function git(...args) {
  return (spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout ?? '').trim();
}
