import path from 'node:path';

/**
 * The files of one embedded PostgreSQL, all beside its data folder.
 * @typedef {{ data: string, password: string, log: string, lock: string, users: string }} ClusterPaths
 * `users`: a folder with one file per process that needs the server
 */

/** @param {string} dataFolder @returns {ClusterPaths} */
export function clusterPaths(dataFolder) {
  const data = path.resolve(dataFolder);
  return {
    data,
    password: `${data}.password`,
    log: `${data}.log`,
    lock: `${data}.lock`,
    users: `${data}.users`,
  };
}
