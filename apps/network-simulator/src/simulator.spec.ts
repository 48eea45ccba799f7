import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from './faults';
import { Simulator } from './simulator';

const running: Server[] = [];
let folder: string;

async function start(stateFile?: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = new Simulator(stateFile).createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function put(url: string, id: string, body: object, key = '', element = 'hlr'): Promise<Response> {
  return fetch(`${url}/elements/${element}/subscriptions/${id}`, {
    method: 'PUT',
    headers: { 'idempotency-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function remove(url: string, id: string, key = ''): Promise<Response> {
  return fetch(`${url}/elements/hlr/subscriptions/${id}`, {
    method: 'DELETE',
    headers: { 'idempotency-key': key },
  });
}

async function list(url: string, element = 'hlr'): Promise<unknown> {
  return (await fetch(`${url}/elements/${element}/subscriptions`)).json();
}

async function inject(url: string, fault: object): Promise<Response> {
  return fetch(`${url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map(stop));
  rmSync(folder, { recursive: true, force: true });
});

describe('an element', () => {
  it('keeps what it is sent, replaces it, and forgets it', async () => {
    const { url } = await start();
    expect((await put(url, 'p1', { sim: '1' })).status).toBe(200);
    await put(url, 'p1', { sim: '2' });
    expect(await list(url)).toEqual([{ subscriptionId: 'p1', body: { sim: '2' } }]);
    expect(await list(url, 'pcrf')).toEqual([]);
    expect((await remove(url, 'p1')).status).toBe(204);
    expect((await remove(url, 'p1')).status).toBe(204);
    expect((await fetch(`${url}/elements/hlr/subscriptions/p1`)).status).toBe(404);
  });

  it('carries out a request with a known key once', async () => {
    const { url } = await start();
    await put(url, 'p1', { sim: '1' }, 'k1');
    await remove(url, 'p1', 'k1-undo');
    expect((await put(url, 'p1', { sim: '1' }, 'k1')).status).toBe(200);
    expect(await list(url)).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    const { url } = await start();
    expect((await put(url, 'p1', {}, '', 'telegraph')).status).toBe(404);
    expect((await fetch(`${url}/elements/hlr/subscriptions/p1`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${url}/elements/hlr/subscriptions/p1`, { method: 'PUT', body: '[1]' })).status).toBe(
      400,
    );
    expect((await fetch(`${url}/elements/hlr/subscriptions/p1`, { method: 'PUT', body: '{' })).status).toBe(
      400,
    );
    const large = { text: 'x'.repeat(70_000) };
    expect((await put(url, 'p1', large)).status).toBe(413);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});

describe('a fault', () => {
  it('hits as often as it is told, and says how often it did', async () => {
    const { url } = await start();
    await inject(url, { element: 'hlr', mode: 'error', count: 2 });
    expect((await put(url, 'p1', {}, '', 'olt')).status).toBe(200);
    expect(
      [await put(url, 'p1', {}), await put(url, 'p1', {}), await put(url, 'p1', {})].map(
        (each) => each.status,
      ),
    ).toEqual([503, 503, 200]);
    expect(await (await fetch(`${url}/faults`)).json()).toMatchObject([{ mode: 'error', hits: 2 }]);
    await fetch(`${url}/faults`, { method: 'DELETE' });
    expect(await (await fetch(`${url}/faults`)).json()).toEqual([]);
  });

  it('hits the same requests for the same seed', async () => {
    const statuses = async (seed: number) => {
      const { url } = await start();
      await inject(url, { mode: 'error', probability: 0.5, seed });
      const seen: number[] = [];
      for (let index = 0; index < 20; index += 1) seen.push((await put(url, `p${index}`, {})).status);
      return seen.join();
    };
    expect(await statuses(7)).toBe(await statuses(7));
    expect(await statuses(7)).not.toBe(await statuses(8));
  });

  it('may take effect and still look like a failure', async () => {
    const { url } = await start();
    await inject(url, { mode: 'timeout', count: 1, applies: true });
    const wait = fetch(`${url}/elements/hlr/subscriptions/p1`, {
      method: 'PUT',
      body: '{}',
      signal: AbortSignal.timeout(200),
    });
    await expect(wait).rejects.toThrow();
    expect(await list(url)).toHaveLength(1);
    await inject(url, { mode: 'reset', count: 1 });
    await expect(put(url, 'p2', {})).rejects.toThrow();
    expect(await list(url)).toHaveLength(1);
  });

  it('refuses for good, or answers late', async () => {
    const { url } = await start();
    await inject(url, { mode: 'refuse', count: 1 });
    expect((await put(url, 'p1', {})).status).toBe(422);
    await inject(url, { mode: 'slow', count: 1, delayMs: 120 });
    const before = Date.now();
    expect((await put(url, 'p1', {})).status).toBe(200);
    expect(Date.now() - before).toBeGreaterThanOrEqual(115);
  });

  it.each([
    { mode: 'explode' },
    { mode: 'error', probability: 2 },
    { mode: 'error', often: 1 },
    { mode: 'error', element: 'x' },
  ])('is refused when it is wrong: %j', async (fault) => {
    const { url } = await start();
    expect((await inject(url, fault)).status).toBe(400);
  });

  it('draws evenly', () => {
    const draw = randomFrom(42);
    const below = Array.from({ length: 10_000 }, draw).filter((value) => value < 0.3).length;
    expect(below).toBeGreaterThan(2_800);
    expect(below).toBeLessThan(3_200);
  });
});

describe('the journal', () => {
  it('gives the network back after a restart, without a line that was cut off', async () => {
    const file = join(folder, 'network', 'journal.jsonl');
    const first = await start(file);
    await put(first.url, 'p1', { sim: '1' }, 'k1');
    await put(first.url, 'p2', { sim: '2' }, 'k2');
    await remove(first.url, 'p2', 'k3');
    await put(first.url, 'p1', { sim: '1' }, 'k1');
    await first.stop();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
    appendFileSync(file, '{"element":"hlr","subscr');

    const second = await start(file);
    expect(await list(second.url)).toEqual([{ subscriptionId: 'p1', body: { sim: '1' } }]);
    await put(second.url, 'p2', { sim: '2' }, 'k2');
    expect(await list(second.url)).toHaveLength(1);
    await put(second.url, 'p3', {}, 'k4');
    await second.stop();
    expect(await list((await start(file)).url)).toHaveLength(2);
  });

  it('does not take a file of something else', () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'dear diary\n');
    expect(() => new Simulator(file)).toThrow(/notes\.txt:1/);
    expect(readFileSync(file, 'utf8')).toBe('dear diary\n');
  });
});
