import { connect, type Socket } from 'node:net';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { TokenVerifier } from '../auth/token-verifier';
import { ordinaryServer } from './ordinary-server';

/** What is handed on, and what is said where that is not possible. */

const PATH = '/nchf-convergedcharging/v3/chargingdata';
let upstream = '';
let server: FastifyInstance;
let behind: Server;
let brokenOff: () => void = () => undefined;
let hasBegun: () => void = () => undefined;
const seen: (string | undefined)[] = [];
beforeAll(async () => {
  server = await ordinaryServer(
    () => upstream,
    new TokenVerifier('x'.repeat(32)),
    (error) => {
      throw error;
    },
  );
  behind = createServer((request, response) => {
    seen.push(request.headers.host);
    if (request.url === '/slow') request.on('error', () => brokenOff()).once('data', () => hasBegun());
    else if (request.url === '/unread') request.on('error', () => undefined).resume();
    // Hangs up without a word.
    else if (request.url === '/gone') request.socket.destroy();
    else if (request.url === '/busy') response.writeHead(503).end();
    // Answers in the midst of the body, and hangs up.
    else if (request.url === '/large')
      request.once('data', () =>
        response.writeHead(413, { connection: 'close' }).end(() => request.destroy()),
      );
    else response.writeHead(418, { 'content-type': 'text/plain' }).end(`${request.method} ${request.url}`);
  });
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await server.close();
  behind.close();
});
beforeEach(() => {
  upstream = `http://127.0.0.1:${portOf(behind)}`;
});

const portOf = (of: Server): number => (of.address() as { port: number }).port;

interface Seen {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const post = (path: string, content = '{}'): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const headers = { host: 'charging.example:80', 'content-type': 'application/json' };
    const asked = request(
      { port: portOf(server.server), host: '127.0.0.1', path, method: 'POST', headers, agent: false },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
      },
    );
    asked.on('error', reject);
    asked.end(content);
  });

it('hands on the request with the host that was asked, and gives back the answer', async () => {
  const { status, body, headers } = await post('/any/where?x=1');
  expect([status, body, headers['content-type']]).toEqual([418, 'POST /any/where?x=1', 'text/plain']);
  expect(seen.at(-1)).toBe('charging.example:80');
});

it.each<[what: string, to: string | null, path: string]>([
  ['as long as nobody listens', '', PATH],
  ['where nobody listens any more', 'http://127.0.0.1:9', PATH],
  ['who hangs up', null, '/gone'],
])('says 503 and nothing of the inside %s', async (_what, to, path) => {
  if (to !== null) upstream = to;
  const { status, body } = await post(path);
  expect(status).toBe(503);
  expect(body).toContain('try again shortly');
  expect(body).not.toMatch(/ECONN|EPIPE|socket|127\.0\.0\.1| at /);
});

it('asks once, whatever the answer', async () => {
  const before = seen.length;
  const answer = await fetch(`http://127.0.0.1:${portOf(server.server)}/busy`);
  expect([answer.status, seen.length - before]).toEqual([503, 1]);
});

it('takes a request that waits to be told to go on', async () => {
  const socket = connect(portOf(server.server), '127.0.0.1');
  let text = '';
  const answered = new Promise<void>((resolve) =>
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.includes('418')) resolve();
    }),
  );
  socket.write('POST /x HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n{}');
  await answered;
  socket.destroy();
  expect(text).toMatch(/^HTTP\/1\.1 100 /);
});

it('keeps no connection on which nobody reads any more', async () => {
  const socket = connect(portOf(server.server), '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write('POST /large HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  for (let sent = 0; sent < 100 && !socket.destroyed; sent += 1) {
    socket.write(chunk);
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
  // A connection that rests is closed after 72 seconds: not by that one.
  const late = new Promise((_resolve, reject) =>
    setTimeout(reject, 10_000, new Error('it stays open')).unref(),
  );
  await Promise.race([closed, late]);
  const count = (): Promise<number> =>
    new Promise((resolve) => server.server.getConnections((_error, open) => resolve(open)));
  const until = Date.now() + 5000;
  let open = await count();
  // Those that are kept alive for others may stay, this one may not.
  while (open > 1 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    open = await count();
  }
  expect(open).toBeLessThanOrEqual(1);
});

it('refuses what nobody would read', async () => {
  const { status, body } = await post(PATH, 'x'.repeat(5_000_000));
  expect([status, (JSON.parse(body) as { cause: string }).cause]).toEqual([413, 'BODY_TOO_LARGE']);
});

/** What comes back for a request as it is written, up to the end of the connection. */
function answerTo(socket: Socket): Promise<string> {
  let text = '';
  // Nobody reads what is written behind an answer.
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => (text += chunk.toString()));
  return new Promise((resolve) => socket.once('close', () => resolve(text)));
}

it('refuses a body of unknown length once it is too large', async () => {
  const socket = connect(portOf(server.server), '127.0.0.1');
  const answered = answerTo(socket);
  socket.write('POST /unread HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
  const chunk = `100000\r\n${'x'.repeat(1_048_576)}\r\n`;
  for (let sent = 0; sent < 5; sent += 1) socket.write(chunk);
  expect(await answered).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*"code":"body_too_large"/);
});

it('breaks off what it hands on when that breaks off', async () => {
  const isBrokenOff = new Promise<void>((resolve) => (brokenOff = resolve));
  const begun = new Promise<void>((resolve) => (hasBegun = resolve));
  const socket = connect(portOf(server.server), '127.0.0.1');
  socket.write('POST /slow HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n');
  await begun;
  socket.destroy();
  await isBrokenOff;
});

it.each([
  ['a path that begins as an address', 'POST //else.where/x', 400],
  ['an absolute address of somebody else', 'POST http://else.where/x', 400],
  ['dots behind codes', 'POST /a/%2e%2e/b', 400],
  ['codes that are none', 'POST /%zz', 400],
  ['a method that nobody has', 'PROPFIND /', 404],
])('answers %s in its own words', async (_what, line, status) => {
  const socket = connect(portOf(server.server), '127.0.0.1');
  const answered = answerTo(socket);
  socket.write(`${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  const text = await answered;
  expect(text).toContain(`HTTP/1.1 ${status} `);
  expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({
    code: status === 404 ? 'route_not_found' : 'request_malformed',
  });
});

it('hangs up on a request that stands still, in its head or in its body', async () => {
  const impatient = await ordinaryServer(
    () => upstream,
    new TokenVerifier('x'.repeat(32)),
    (error) => {
      throw error;
    },
    300,
  );
  await impatient.listen({ port: 0, host: '127.0.0.1' });
  const answerTo = (begun: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(portOf(impatient.server), '127.0.0.1', () => socket.write(begun));
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      socket.on('error', () => undefined).on('close', () => resolve(text));
    });
  const head = 'POST /slow HTTP/1.1\r\nhost: charging.example\r\ncontent-type: application/json\r\n';
  try {
    const [inHead, inBody] = await Promise.all([
      answerTo(head),
      answerTo(`${head}content-length: 9\r\n\r\n{`),
    ]);
    expect(inHead).toMatch(/^HTTP\/1\.1 408 /);
    expect(inBody).toMatch(/^HTTP\/1\.1 408 /);
  } finally {
    await impatient.close();
  }
});
