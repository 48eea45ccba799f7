import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a webhook brought. */
export interface Call {
  path: string;
  body: string;
  key: string;
  signature: string;
}

/** Somebody whom bills are posted to. */
export class Receiver {
  readonly calls: Call[] = [];
  /** What to answer to the n-th call of a path. */
  answer: (path: string, nth: number) => number = () => 200;

  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = request.url ?? '';
      const header = (name: string) => String(request.headers[name] ?? '');
      this.calls.push({
        path,
        body,
        key: header('idempotency-key'),
        signature: header('ronghe-signature'),
      });
      response.statusCode = this.answer(path, this.calls.filter((call) => call.path === path).length);
      if (response.statusCode === 302) response.setHeader('location', '/elsewhere');
      response.end();
    });
  });

  /** Returns its address: `http://127.0.0.1:PORT`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
