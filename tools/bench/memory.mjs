import fs from 'node:fs';
import { Failure } from '../failure.mjs';

/**
 * The proportional set size of processes with all their descendants: memory that several of them share is
 * counted once, divided among them.
 * @param {number[]} pids
 * @returns {number} bytes
 * @throws {Failure} on systems other than Linux
 */
export function proportionalSetSizeBytes(pids) {
  if (process.platform !== 'linux')
    throw new Failure('Only Linux tells proportional set sizes: measure there.');
  const parents = parentOfEach();
  const isOurs = (/** @type {number} */ pid) => {
    for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (pids.includes(at)) return true;
    return false;
  };
  return [...parents.keys()].filter(isOurs).reduce((sum, pid) => sum + setSizeOf(pid), 0);
}

/** @returns {Map<number, number>} parent by process */
function parentOfEach() {
  const parents = new Map();
  for (const name of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command name may hold spaces and brackets; its parent is the second field after it.
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Ended meanwhile.
    }
  }
  return parents;
}

/** @param {number} pid @returns {number} bytes; 0 when it has ended meanwhile */
function setSizeOf(pid) {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(error.code)) return 0;
    throw error;
  }
}
