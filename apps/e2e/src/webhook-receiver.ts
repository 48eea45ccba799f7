import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody whom bills are posted to, and who takes a moment to answer. */
export class WebhookReceiver {
  /** How often each idempotency key came. */
  readonly calls = new Map<string, number>();

  private readonly server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key'] ?? '');
    request.resume().once('end', () => {
      this.calls.set(key, (this.calls.get(key) ?? 0) + 1);
      setTimeout(() => response.writeHead(204).end(), this.answersAfterMs);
    });
  });

  constructor(private readonly answersAfterMs: number) {}

  /** Returns its address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
