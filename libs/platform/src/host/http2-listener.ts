import { createServer, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { PlatformConfig } from '../config/platform-config';
import { CLOSE_GRACE_MS, portInUse, urlOf, type Listener } from './listener';
import type { HotPosts } from '../hot/hot-posts.service';

/** Streams that one connection may have open at once. */
const STREAMS_LIMIT = 1000;

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
): Promise<Listener> {
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
      reject(error.code === 'EADDRINUSE' ? portInUse(port, 'RONGHE_HTTP2_PORT') : error),
    );
    server.listen(port, config.bindAddress, resolve);
  });
  const address = server.address() as { port: number };
  return {
    url: urlOf(config, address.port),
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
