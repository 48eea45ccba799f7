import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that an element got. */
export interface Asked {
  method: string;
  element: string;
  subscriptionId: string;
  key: string;
  body: Record<string, string>;
}

/** How a test wants a request answered: an HTTP status, or no answer at all. Below 300 it takes effect, once for a key. */
export type Script = (asked: Asked, nth: number) => number | 'silence' | Promise<number>;

/** Elements for specs: they keep what they are sent, and answer as a test scripts it. */
export class FakeNetwork {
  /** Every request, in order. */
  readonly asked: Asked[] = [];
  private readonly subscriptions = new Set<string>();
  private readonly keys = new Set<string>();
  private script: Script = () => 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeNetwork> {
    const server = createServer();
    const network = new FakeNetwork(server);
    server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void network.serve(request, response),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on requests are answered so; `nth` counts those with the same method, element and subscription. */
  answer(script: Script): void {
    this.script = script;
  }

  /** What is there: `hlr/ID`, sorted. */
  present(): string[] {
    return [...this.subscriptions].sort();
  }

  /** Forgets everything. */
  reset(): void {
    this.asked.length = 0;
    this.subscriptions.clear();
    this.keys.clear();
    this.script = () => 200;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const [, , element = '', , subscriptionId = ''] = (request.url ?? '').split('/');
    const text = Buffer.concat(chunks).toString();
    const asked: Asked = {
      method: request.method ?? '',
      element,
      subscriptionId,
      key: String(request.headers['idempotency-key']),
      body: text === '' ? {} : (JSON.parse(text) as Record<string, string>),
    };
    this.asked.push(asked);
    const isAlike = (each: Asked) =>
      each.method === asked.method && each.element === element && each.subscriptionId === subscriptionId;
    const status = await this.script(asked, this.asked.filter(isAlike).length);
    if (status === 'silence') return;
    if (status < 300 && !this.keys.has(asked.key)) {
      this.keys.add(asked.key);
      if (asked.method === 'PUT') this.subscriptions.add(`${element}/${subscriptionId}`);
      if (asked.method === 'DELETE') this.subscriptions.delete(`${element}/${subscriptionId}`);
    }
    response.writeHead(status).end();
  }
}
