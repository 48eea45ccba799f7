import { createServer, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { DomainError } from '@ronghe/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { PlatformConfig } from '../config/platform-config';
import type { HotPosts } from '../rest/hot-routes.service';

/** Streams that one connection may have open at once. */
const STREAMS_LIMIT = 1000;
/** A stream that has not ended by then, once the listener closes, never will. */
const CLOSE_GRACE_MS = 2000;

/** A listener beside the host's own. */
export interface Http2Listener {
  url: string;
  /** Lets streams end, for a while; then closes connections, whatever is open on them. */
  close(): Promise<void>;
}

/**
 * Serves the host's routes over HTTP/2 without encryption (prior knowledge), as network functions of a 5G core speak it
 * (TS 29.500 §5.2).
 * @param hot takes what may go the short way
 * @throws DomainError `port_in_use`
 */
export async function listenHttp2(
  app: NestFastifyApplication,
  config: PlatformConfig,
  port: number,
  hot: HotPosts | null = null,
): Promise<Http2Listener> {
  const { routing } = app.getHttpAdapter().getInstance();
  const settings = { maxConcurrentStreams: STREAMS_LIMIT };
  const server = createServer({ settings }, (request, response) => {
    if (!hot?.take(request as never, response as never)) routing(request as never, response as never);
  });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    // A peer that breaks its connection is its own affair.
    session.on('error', () => undefined);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new DomainError(
              'port_in_use',
              'unavailable',
              `Port ${port} is in use: set RONGHE_HTTP2_PORT to a free one.`,
              { port },
            )
          : error,
      ),
    );
    server.listen(port, config.bindAddress, resolve);
  });
  const address = server.address() as { port: number };
  const host = config.bindAddress === '0.0.0.0' ? '127.0.0.1' : config.bindAddress;
  return {
    url: `http://${host}:${address.port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const session of sessions) session.close();
      const grace = setTimeout(() => {
        for (const session of sessions) session.destroy();
        // A session that was told to close waits for its peer to hang up too, also after it is destroyed.
        for (const socket of sockets) socket.destroy();
      }, CLOSE_GRACE_MS);
      await closed;
      clearTimeout(grace);
    },
  };
}
