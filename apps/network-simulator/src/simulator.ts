import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Faults } from './faults';
import { noJournal, openJournal, type Journal } from './journal';
import { NetworkElements, type Change } from './network-elements';
import { elementFrom, faultFrom, objectFrom, Refusal } from './read-request';

/** Bytes of one request body. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** What is said to the caller; `none`: the connection is left as it is, or cut. */
type Answer = { status: number; body?: unknown } | 'none';

/** The elements that provisioning talks to, behind one HTTP server. */
export class Simulator {
  private readonly elements = new NetworkElements();
  private readonly faults = new Faults();
  private readonly journal: Journal;

  /** @param stateFile where changes are kept over a restart; without it the network begins empty. */
  constructor(stateFile: string | undefined) {
    this.journal = stateFile ? openJournal(stateFile, (change) => this.elements.apply(change)) : noJournal;
  }

  /** A server that is not listening yet; closing it closes the journal. */
  createServer(): Server {
    const server = createServer((request, response) => void this.serve(request, response));
    server.on('close', () => this.journal.close());
    return server;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.answer(request, response).catch((error: unknown) => refusalOf(error));
    if (answer === 'none' || response.destroyed) return;
    response.writeHead(
      answer.status,
      answer.body === undefined ? {} : { 'content-type': 'application/json' },
    );
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const [root = '', name = '', collection, id, ...rest] = pathOf(request);
    const method = request.method ?? '';
    if (root === 'health' && method === 'GET') return { status: 200, body: { status: 'ok' } };
    if (root === 'faults' && name === '') return this.changeFaults(method, await readBody(request));
    if (root === 'elements' && name === '' && method === 'GET')
      return { status: 200, body: this.elements.counts() };
    if (root !== 'elements' || collection !== 'subscriptions' || rest.length > 0) throw noSuchPath();
    const element = elementFrom(name);
    if (id === undefined) {
      if (method !== 'GET') throw notAllowed(method);
      return { status: 200, body: this.elements.list(element) };
    }
    if (method === 'GET') {
      const body = this.elements.find(element, id);
      if (!body) throw new Refusal(404, 'unknown_subscription', `${element} has no subscription ${id}`);
      return { status: 200, body: { subscriptionId: id, body } };
    }
    if (method !== 'PUT' && method !== 'DELETE') throw notAllowed(method);
    const key = String(request.headers['idempotency-key'] ?? '');
    const body = method === 'PUT' ? objectFrom(await readBody(request)) : null;
    const operation = method === 'PUT' ? 'put' : 'delete';
    return this.change({ element, subscriptionId: id, operation, key, body }, response);
  }

  private async change(change: Change, response: ServerResponse): Promise<Answer> {
    const fault = this.faults.strike(change.element);
    if (!fault || fault.applies || fault.mode === 'slow') this.apply(change);
    switch (fault?.mode) {
      case 'error':
        throw new Refusal(503, 'element_overloaded', `${change.element} cannot answer now`);
      case 'refuse':
        throw new Refusal(422, 'element_refused', `${change.element} refuses the subscription`);
      case 'reset':
        response.destroy();
        return 'none';
      case 'timeout':
        return 'none';
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
        break;
      case undefined:
        break;
    }
    return change.operation === 'delete'
      ? { status: 204 }
      : { status: 200, body: { subscriptionId: change.subscriptionId } };
  }

  /** A change that was applied before, by its key, is not written again. */
  private apply(change: Change): void {
    if (this.elements.apply(change)) this.journal.append(change);
  }

  private changeFaults(method: string, text: string): Answer {
    switch (method) {
      case 'POST':
        this.faults.add(faultFrom(objectFrom(text)));
        return { status: 201, body: this.faults.list() };
      case 'GET':
        return { status: 200, body: this.faults.list() };
      case 'DELETE':
        this.faults.clear();
        return { status: 204 };
      default:
        throw notAllowed(method);
    }
  }
}

function pathOf(request: IncomingMessage): string[] {
  const [path = ''] = (request.url ?? '/').split('?');
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    throw noSuchPath();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES)
      throw new Refusal(413, 'body_too_large', `a body has at most ${BODY_LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refusalOf(error: unknown): Answer {
  if (error instanceof Refusal)
    return { status: error.status, body: { code: error.code, message: error.message } };
  return { status: 500, body: { code: 'internal', message: 'the simulator failed' } };
}

function noSuchPath(): Refusal {
  return new Refusal(404, 'no_such_path', 'see the README of the network simulator for its paths');
}

function notAllowed(method: string): Refusal {
  return new Refusal(405, 'method_not_allowed', `${method.slice(0, 10)} is not possible here`);
}
