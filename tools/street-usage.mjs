/**
 * Makes the usage of a street: a CSV file as the mediation system writes it, the same for the same seed.
 *
 *   node tools/street-usage.mjs --subscribers FILE --seed N --records N --from ISO --to ISO
 *
 * FILE is JSON: [{ "number": "8613300000001", "classes": ["voice","data","sms"], "activeFrom": ISO }].
 * Among the records are a few that a real file has too: repeats, strangers' numbers, torn lines.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';

const HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';
/** Of every thousand records: so many are repeats, of unknown numbers, torn. */
const PER_MILLE = { repeated: 1, unknown: 0.6, torn: 0.4 };
const UNKNOWN_NUMBER = '8619999999999';
const PEERS = ['13800138000', '13900139000', '01065551234', '057188886666'];

/**
 * @typedef {{ number: string, classes: ('voice' | 'data' | 'sms')[], activeFrom: string }} Subscriber
 * @param {{ subscribers: Subscriber[], seed: number, records: number, from: string, to: string }} input
 * @returns {string[]} CSV lines without the header, `records` of them
 */
export function streetUsage({ subscribers, seed, records, from, to }) {
  if (subscribers.length === 0) throw new Error('A street needs at least one subscriber');
  const random = generator(seed);
  const faulty = {
    repeated: Math.round((records * PER_MILLE.repeated) / 1000),
    unknown: Math.round((records * PER_MILLE.unknown) / 1000),
    torn: Math.round((records * PER_MILLE.torn) / 1000),
  };
  const lines = [];
  while (lines.length < records - faulty.repeated) {
    const index = lines.length;
    const subscriber = subscribers[Math.floor(random() * subscribers.length)];
    const isUnknown = index < faulty.unknown;
    const isTorn = !isUnknown && index < faulty.unknown + faulty.torn;
    const line = recordLine(index, subscriber, isUnknown, { random, from, to });
    lines.push(isTorn ? line.slice(0, line.lastIndexOf('T')) : line);
  }
  const sound = faulty.unknown + faulty.torn;
  for (let repeat = 0; repeat < faulty.repeated; repeat += 1) {
    lines.push(lines[sound + Math.floor(random() * (lines.length - sound))]);
  }
  return lines;
}

function recordLine(index, subscriber, isUnknown, { random, from, to }) {
  const first = Math.max(Date.parse(from), Date.parse(subscriber.activeFrom));
  // Whole seconds, and never the very last one: a call may not start at the end of the span.
  const start = new Date(Math.floor((first + random() * (Date.parse(to) - first - 1000)) / 1000) * 1000);
  const type = subscriber.classes[Math.floor(random() * subscriber.classes.length)];
  const number = isUnknown ? UNKNOWN_NUMBER : subscriber.number;
  const peer = type === 'data' ? '' : PEERS[Math.floor(random() * PEERS.length)];
  const quantities = {
    voice: [Math.floor(random() ** 2 * 3600), '', ''],
    data: ['', Math.floor(random() ** 3 * 8 * 1_048_576), ''],
    sms: ['', '', 1],
  };
  const id = `s${String(index + 1).padStart(6, '0')}`;
  return [id, type, number, peer, start.toISOString().replace('.000Z', 'Z'), ...quantities[type]].join(',');
}

/** mulberry32: small, seeded, good enough for a street. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: Object.fromEntries(
      ['subscribers', 'seed', 'records', 'from', 'to'].map((name) => [name, { type: 'string' }]),
    ),
  });
  const missing = ['subscribers', 'seed', 'records', 'from', 'to'].filter(
    (name) => values[name] === undefined,
  );
  if (missing.length > 0) {
    console.error(`street-usage: missing --${missing.join(', --')}`);
    process.exit(1);
  }
  const subscribers = JSON.parse(readFileSync(values.subscribers, 'utf8'));
  const { seed, records, from, to } = values;
  const lines = streetUsage({ subscribers, seed: Number(seed), records: Number(records), from, to });
  process.stdout.write([HEADER, ...lines, ''].join('\n'));
}
