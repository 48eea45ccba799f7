import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

/** A status that stands for no answer at all. */
export const SILENT = 0;

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

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

  private constructor(
    private readonly server: Server | Http2Server,
    private readonly letGo: () => void,
  ) {}

  /** It speaks HTTP/1.1, or HTTP/2 without encryption and nothing else. */
  static async start(protocol: 'http/1.1' | 'h2c' = 'http/1.1'): Promise<ListeningFunction> {
    const started: ListeningFunction =
      protocol === 'h2c' ? ListeningFunction.ofHttp2() : ListeningFunction.ofHttp1();
    started.server.on('request', (request: Request, response: Response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        started.heard.push({ path: request.url ?? '', body: JSON.parse(text) });
        const status = started.statuses.shift() ?? 204;
        if (status === SILENT) return;
        response.writeHead(status, status === 307 ? { location: `${started.uri('/elsewhere')}` } : {});
        response.end();
      });
    });
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  private static ofHttp1(): ListeningFunction {
    const server = createServer();
    return new ListeningFunction(server, () => server.closeAllConnections());
  }

  private static ofHttp2(): ListeningFunction {
    const server = createHttp2Server();
    const sessions = new Set<ServerHttp2Session>();
    server.on('session', (session) => {
      sessions.add(session);
      session.on('error', () => undefined);
    });
    return new ListeningFunction(server, () => {
      for (const session of sessions) session.destroy();
    });
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  uri(path: string): string {
    return `http://${this.host}${path}`;
  }

  async stop(): Promise<void> {
    this.letGo();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
