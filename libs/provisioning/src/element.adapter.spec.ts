import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askElement, TIMEOUT_MS } from './element.adapter';
import type { ElementRequest } from './service-order';

const put: ElementRequest = { method: 'PUT', path: '/elements/hlr/subscriptions/p1', body: { sim: '89860' } };
const remove: ElementRequest = { ...put, method: 'DELETE' };
const never = { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };

describe('asking an element', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends the body, the key and the trace', async () => {
    const seen: { method?: string; url?: string; key?: unknown; trace?: unknown; body?: string } = {};
    answer = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        Object.assign(seen, {
          method: request.method,
          url: request.url,
          key: request.headers['idempotency-key'],
          trace: request.headers['traceparent'],
          body: Buffer.concat(chunks).toString(),
        });
        response.writeHead(201).end('{}');
      });
    };
    expect(await askElement(url, put, 'task-1', never)).toMatchObject({ result: 'done' });
    expect(seen).toMatchObject({ method: 'PUT', url: put.path, key: 'task-1', body: '{"sim":"89860"}' });
    expect(seen.trace).toMatch(/^00-[0-9a-f]{32}-/);
  });

  it.each([
    [put, 204, 'done'],
    [put, 404, 'refused'],
    [put, 409, 'refused'],
    [put, 429, 'unreachable'],
    [put, 500, 'unreachable'],
    [put, 503, 'unreachable'],
    [remove, 404, 'done'],
    [remove, 410, 'done'],
    [remove, 422, 'refused'],
  ] as const)('%j answered with %i is %s', async (request, status, result) => {
    answer = (_, response) => response.writeHead(status).end();
    expect((await askElement(url, request, 'k', never)).result).toBe(result);
  });

  it('takes a cut connection, a refused one and a stop as no answer', async () => {
    answer = (_, response) => response.destroy();
    expect((await askElement(url, put, 'k', never)).result).toBe('unreachable');
    expect(await askElement('http://127.0.0.1:1', put, 'k', never)).toMatchObject({ result: 'unreachable' });
    answer = () => undefined;
    expect(await askElement(url, put, 'k', { ...never, timeoutMs: 50 })).toMatchObject({
      result: 'unreachable',
    });
    expect((await askElement(url, put, 'k', { ...never, signal: AbortSignal.timeout(50) })).result).toBe(
      'unreachable',
    );
  });
});
