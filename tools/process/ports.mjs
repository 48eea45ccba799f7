import fs from 'node:fs';
import net from 'node:net';
import { Failure } from '../failure.mjs';

/** How many ports are tried from the wanted one on. */
export const portsTried = 200;

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    // A host that this machine lacks (IPv6) says nothing about the port.
    server.once('error', (error) =>
      resolve(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(error.code)),
    );
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}

/** Whether nobody listens there, on any interface. @param {number} port @returns {Promise<boolean>} */
export async function isPortFree(port) {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) if (!(await canListen(port, host))) return false;
  return true;
}

/** The first free port from `first` on. @param {number} first @returns {Promise<number>} */
export async function nextFreePort(first) {
  const end = Math.min(first + portsTried, 65_536);
  for (let port = first; port < end; port++) if (await isPortFree(port)) return port;
  throw new Failure(
    `No port is free from ${first} to ${end - 1}: stop what listens there, or give another --port.`,
  );
}

/**
 * Whether the process itself listens on the port, so that an answer from there is its own and not a
 * stranger's. Known on Linux only; elsewhere it is taken for granted.
 * @param {number} pid @param {number} port @returns {boolean}
 */
export function listensOn(pid, port) {
  if (process.platform !== 'linux') return true;
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    if (!fs.existsSync(table)) continue;
    for (const line of fs.readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A' && local?.endsWith(suffix)) inodes.add(`socket:[${inode}]`);
    }
  }
  return inodes.size > 0 && openFiles(pid).some((file) => inodes.has(file));
}

/** @param {number} pid @returns {string[]} what its descriptors point to */
function openFiles(pid) {
  try {
    const folder = `/proc/${pid}/fd`;
    return fs.readdirSync(folder).flatMap((name) => {
      try {
        return [fs.readlinkSync(`${folder}/${name}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
