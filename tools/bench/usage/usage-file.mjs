import fs from 'node:fs';
import { numberOf } from './subscribers.mjs';

const header = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';
const firstSecond = Date.parse('2026-06-02T00:00:00+08:00') / 1000;
/** The records of a file begin within so many seconds, in the order in which they are written. */
const seconds = 20 * 86_400;

/**
 * Writes a file as a mediation system delivers it: in the order of time, so that nothing has to be rated again. Each
 * record is of any subscriber, all equally likely, which is the hardest for whoever rates by subscriber: 45 % calls of up
 * to ten minutes, 45 % data sessions of up to 200 MB, 10 % messages; no duplicates, nothing late.
 * @param {string} file @param {{ records: number, subscribers: number, seed: number }} options
 */
export function writeUsageFile(file, { records, subscribers, seed }) {
  const random = generator(seed);
  const output = fs.openSync(file, 'w');
  let text = `${header}\n`;
  for (let at = 0; at < records; at++) {
    text += `${recordOf(at, records, numberOf(1 + Math.floor(random() * subscribers)), random)}\n`;
    if (text.length < 1_000_000) continue;
    fs.writeSync(output, text);
    text = '';
  }
  fs.writeSync(output, text);
  fs.closeSync(output);
}

function recordOf(at, records, number, random) {
  const start = new Date((firstSecond + (seconds * at) / records) * 1000).toISOString();
  const kind = random();
  const head = (/** @type {string} */ type) => `bench-${at},${type},${number},1008600${at % 1000},${start}`;
  if (kind < 0.45) return `${head('voice')},${1 + Math.floor(random() * 600)},,`;
  if (kind < 0.9) return `${head('data')},,${1 + Math.floor(random() * 200_000)},`;
  return `${head('sms')},,,1`;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
