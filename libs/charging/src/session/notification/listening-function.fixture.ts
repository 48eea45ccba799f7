import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a network function heard at its `notifyUri`. */
export interface Heard {
  path: string;
  body: unknown;
}

/** A network function that listens for notifications, and answers as told. */
export class ListeningFunction {
  readonly heard: Heard[] = [];
  /** Statuses of the next answers; then 204. */
  readonly statuses: number[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ListeningFunction> {
    const server = createServer();
    const started = new ListeningFunction(server);
    server.on('request', (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        started.heard.push({ path: request.url ?? '', body: JSON.parse(text) });
        const status = started.statuses.shift() ?? 204;
        response.writeHead(status, status === 307 ? { location: `${started.uri('/elsewhere')}` } : {}).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  uri(path: string): string {
    return `http://${this.host}${path}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
