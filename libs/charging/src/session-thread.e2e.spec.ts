import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  freePort,
  spawnApp,
  startOperator,
  TEST_SECRETS,
  type SpawnedApp,
  type TestDatabase,
  type TestOperator,
} from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

/** Network functions at the port of a thread of its own: nobody may tell the difference but by the clock. */

const TIMEOUT_MS = 240_000;

let database: TestDatabase;
let operator: TestOperator;
let app: SpawnedApp;
let network: NetworkFunction;
let family: Family;
let token: string;
let networkPort: string;
let environment: Record<string, string>;
beforeAll(async () => {
  networkPort = String(await freePort());
  database = await createTestDatabase([chargingDomain]);
  const databaseUrl = database.url;
  operator = await startOperator({
    ...{ domains: [chargingDomain], databaseUrl, startsAt: '2026-06-11T00:00:00+08:00' },
  });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'broadband'], { online: ['main'] });
  network = new NetworkFunction(operator);
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
  token = await operator.token('partner');
  environment = {
    ...TEST_SECRETS,
    RONGHE_NETWORK_PORT: networkPort,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '8',
    RONGHE_CLOCK: 'movable',
    LOG_LEVEL: 'fatal',
  };
  app = await spawnApp('charging', environment);
  // From now on either thread knows the token.
  for (const url of urls()) await post(url, CHARGING_DATA, {});
}, TIMEOUT_MS);
afterAll(async () => {
  await app?.kill();
  await operator?.stop();
  await database?.drop();
});

/** Of the thread and of the process. */
const urls = (): string[] => [`http://127.0.0.1:${networkPort}`, app.url];

interface Seen {
  status: number;
  type: string | null;
  /** Where what was created is, as seen from where it was asked for. */
  place: string | undefined;
  reference: string | undefined;
  text: string;
}

async function ask(url: string, path: string, init: RequestInit): Promise<Seen> {
  const answer = await fetch(`${url}${path}`, init);
  const location = answer.headers.get('location') ?? undefined;
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    place: location?.slice(0, location.lastIndexOf('/')).replace(url, 'URL'),
    reference: location?.split('/').at(-1),
    text: (await answer.text()).replace(/"traceId":"[0-9a-f]{32}"/, '"traceId":"…"'),
  };
}

const post = (
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Seen> =>
  ask(url, path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const bodyOf = (
  chargingId: number,
  sequence: number,
  units: Parameters<NetworkFunction['body']>[1],
): object => ({
  ...network.body(sequence, units, { subscriberIdentifier: `msisdn-${family.numberOf('main')}` }),
  chargingId,
});

async function session(url: string, chargingId: number): Promise<Seen[]> {
  const created = await post(url, CHARGING_DATA, bodyOf(chargingId, 0, [{ requested: 5000 }]));
  const place = `${CHARGING_DATA}/${created.reference}`;
  const release = bodyOf(chargingId, 2, [{ used: 1000 }]);
  return [
    { ...created, reference: undefined },
    await post(url, `${place}/update`, bodyOf(chargingId, 1, [{ used: 4000, requested: 5000 }])),
    await post(url, `${place}/release`, release),
    await post(url, `${place}/release`, release),
    await post(url, `${place}/update`, bodyOf(chargingId, 3, [])),
    await post(url, `${place}/release`, bodyOf(chargingId, 2, [{ used: 999 }])),
  ];
}

/** Requests that a thread of the process has read, as its metrics say. */
async function readBy(thread: 'main' | 'network'): Promise<number> {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  return Number(new RegExp(`short_way_total\\{thread="${thread}"\\} (\\d+)`).exec(metrics)?.[1] ?? 0);
}

it('answers a session as the process does', async () => {
  const before = { main: await readBy('main'), network: await readBy('network') };
  const [thread, main] = [await session(urls()[0]!, 1), await session(urls()[1]!, 2)];
  expect(thread).toEqual(main);
  expect(thread.map(({ status }) => status)).toEqual([201, 200, 204, 204, 404, 400]);
  expect(thread[0]?.place).toBe(`URL${CHARGING_DATA}`);
  // Its thread tells them a moment later.
  while ((await readBy('network')) < before.network + 6)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await readBy('main')).toBe(before.main + 6);
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

it.each<[what: string, path: string, body: unknown, headers: Record<string, string>]>([
  ['no JSON', CHARGING_DATA, '{"chargingId":', {}],
  ['nothing that is asked for', CHARGING_DATA, {}, {}],
  ['no object', CHARGING_DATA, '[1]', {}],
  ['a body that is too large for the short way', CHARGING_DATA, `{"a":"${'x'.repeat(300_000)}"}`, {}],
  ['a stranger', CHARGING_DATA, {}, { authorization: '' }],
  ['a forged token', CHARGING_DATA, {}, { authorization: 'Bearer x.y.z' }],
  ['other content', CHARGING_DATA, {}, { 'content-type': 'text/plain' }],
  ['a reference that can be none', `${CHARGING_DATA}/unknown/release`, {}, {}],
  ['an address where nothing is', '/nowhere', {}, {}],
])('refuses %s as the process does', async (_what, path, body, headers) => {
  const [thread, main] = await Promise.all(urls().map((url) => post(url, path, body, headers)));
  expect(thread).toEqual(main);
  expect(thread?.status).toBeGreaterThanOrEqual(400);
});

it('refuses a body that is too large', async () => {
  const refused = await post(urls()[0]!, CHARGING_DATA, `{"a":"${'x'.repeat(5_000_000)}"}`);
  expect([refused.status, refused.type]).toEqual([413, 'application/problem+json; charset=utf-8']);
  expect(JSON.parse(refused.text)).toMatchObject({ status: 413, cause: 'BODY_TOO_LARGE' });
});

it('hands on what is asked otherwise', async () => {
  const [thread, main] = await Promise.all(urls().map((url) => ask(url, '/health/live', {})));
  expect(thread).toEqual(main);
  expect(thread?.status).toBe(200);
});

it('answers many at once, each its own', async () => {
  const asked = Array.from({ length: 60 }, (_, at) => bodyOf(1000 + at, at, [{ requested: 1000 }]));
  const answers = await Promise.all(asked.map((body) => post(urls()[0]!, CHARGING_DATA, body)));
  const numbers = answers.map(
    ({ text }) => (JSON.parse(text) as { invocationSequenceNumber: number }).invocationSequenceNumber,
  );
  expect(numbers).toEqual(asked.map((_, at) => at));
  expect(new Set(answers.map(({ reference }) => reference)).size).toBe(asked.length);
});

it('lets a request that breaks off go', async () => {
  const socket = connect(Number(networkPort), '127.0.0.1');
  socket.write(
    `POST ${CHARGING_DATA} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
      'content-type: application/json\r\ncontent-length: 100\r\n\r\n{"chargingId"',
    () => socket.destroy(),
  );
  await new Promise((resolve) => socket.once('close', resolve));
  expect((await post(urls()[0]!, CHARGING_DATA, {})).status).toBe(400);
});

it('says which setting to change where its port is in use', async () => {
  const second = spawnApp('charging', { ...environment, PORT: String(await freePort()) });
  await expect(second).rejects.toThrow(
    `Port ${networkPort} is in use: set RONGHE_NETWORK_PORT to a free one.`,
  );
});

it.each([
  ['idle', 0],
  // Then error and exit of the thread come in one go.
  ['busy', 1000],
])('ends when its thread does and says why, to be started again: %s', async (_how, busyMs) => {
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-thread-'));
  const preloaded = join(folder, 'fail.cjs');
  const now = join(folder, 'now');
  // In none of the threads that others start.
  writeFileSync(
    preloaded,
    `const { isMainThread, workerData } = require('node:worker_threads');
    const isNow = () => require('node:fs').existsSync(${JSON.stringify(now)});
    const fail = () => { if (isNow()) throw new Error('on purpose'); };
    const stand = () => { if (isNow()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${busyMs}); };
    if (isMainThread) setInterval(stand, 10).unref();
    else if (workerData?.jwtSecret) setInterval(fail, 300);`,
  );
  const ports = { PORT: String(await freePort()), RONGHE_NETWORK_PORT: String(await freePort()) };
  const second = await spawnApp('charging', {
    ...environment,
    ...ports,
    NODE_OPTIONS: `--require ${preloaded}`,
  });
  try {
    const isThere = (): Promise<boolean> =>
      fetch(`${second.url}/health/live`).then(
        () => true,
        () => false,
      );
    expect(await isThere()).toBe(true);
    writeFileSync(now, '');
    while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(second.output()).toContain('on purpose');
  } finally {
    await second.kill();
    rmSync(folder, { recursive: true });
  }
});

it('ends with the answer to a request that has begun, and although a connection is kept alive', async () => {
  const idle = connect(Number(networkPort), '127.0.0.1');
  const closed = new Promise((resolve) => idle.once('close', resolve));
  idle.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    idle.once('data', () => resolve());
    idle.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
  });
  const busy = connect(Number(networkPort), '127.0.0.1');
  let text = '';
  const answered = new Promise<void>((resolve) => busy.once('close', () => resolve()));
  busy.on('data', (chunk) => (text += chunk.toString()));
  const body = JSON.stringify(bodyOf(9, 0, [{ requested: 1000 }]));
  busy.write(
    `POST ${CHARGING_DATA} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
  );
  const stopped = app.stop();
  await closed;
  busy.write(body.slice(9));
  await answered;
  expect(text).toMatch(/^HTTP\/1\.1 201 [^]*connection: close/i);
  await stopped;
});
