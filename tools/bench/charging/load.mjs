/**
 * A load generator in a process of its own. Reads what to do as JSON from its first argument, keeps so many clients busy for
 * so long, and prints what it saw as one line of JSON: finished sessions per second and the times of single requests.
 * A client does one thing after the other: reserve, then settle.
 */
import { baselineClient } from './baseline-client.mjs';
import { nchfClient } from './nchf-client.mjs';

const options = JSON.parse(process.argv[2] ?? '{}');
const warmUpMs = 1000;

const open = options.side === 'baseline' ? baselineClient : nchfClient;
const clients = await Promise.all(Array.from({ length: options.clients }, (_, at) => open(options, at)));
/** With a number of sessions it ends as soon as so many are done. */
const sessionsAtMost = options.sessions ?? Infinity;
const began = performance.now() + warmUpMs;
const ends = began + options.seconds * 1000;
/** @type {number[]} */
const times = [];
let sessions = 0;
let all = 0;
const cpuAtStart = process.cpuUsage();

async function work(client) {
  while (performance.now() < ends && all < sessionsAtMost) {
    const start = performance.now();
    await client.reserve();
    const middle = performance.now();
    await client.settle();
    const end = performance.now();
    all += 1;
    if (start < began || end > ends) continue;
    sessions += 1;
    times.push(middle - start, end - middle);
  }
}

await Promise.all(clients.map(work));
await Promise.all(clients.map((client) => client.close()));
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
console.log(
  JSON.stringify({
    perSecond: sessions / options.seconds,
    medianMs: at(0.5),
    p99Ms: at(0.99),
    sessions,
    cpuMs: (process.cpuUsage(cpuAtStart).user + process.cpuUsage(cpuAtStart).system) / 1000,
    all,
  }),
);
