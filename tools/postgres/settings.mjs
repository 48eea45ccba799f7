import path from 'node:path';
import { stateFolder } from '../paths.mjs';

/** Data folders that have a purpose, with the first port each tries. */
export const mainData = path.join(stateFolder, 'postgres');
export const testData = path.join(stateFolder, 'test-postgres');
export const faultData = path.join(stateFolder, 'fault-postgres');

/** @param {string} data @returns {number} apart, so that a folder mostly gets the same port again */
export function defaultPort(data) {
  if (data === testData) return 54_520;
  if (data === faultData) return 54_720;
  return 54_320;
}
