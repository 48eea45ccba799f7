import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { Server } from 'node:http';
import { inspect } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { TokenVerifier } from '../auth/token-verifier';
import { CLOSE_GRACE_MS } from '../host/listener';
import { HotEdge, takeHotFirst, type HotTiming } from './hot-edge';
import type { HotAnswer, HotRoutes } from './hot-routes';
import {
  gathering,
  type FromThread,
  type ThreadRequest,
  type ThreadStart,
  type ToThread,
} from './hot-thread-messages';
import { Numbered } from './numbered';
import { ordinaryServer } from './ordinary-server';

/**
 * The whole of a thread that speaks HTTP/1.1 for hot routes: it reads requests, and the thread that decides on them gets them
 * read, many in a message. What is not plain is handed on to the process's own port.
 */

/** Timings are told so often: nobody waits for them. */
const TIMINGS_MS = 1000;

if (!isMainThread && parentPort) void serve(parentPort, workerData as ThreadStart);

async function serve(main: MessagePort, start: ThreadStart): Promise<void> {
  const tell = (message: FromThread): void => main.postMessage(message);
  const tokens = new TokenVerifier(start.jwtSecret);
  const asking = new Numbered<(answer: HotAnswer) => void>();
  const ask = gathering<ThreadRequest>(setImmediate, (requests) => tell({ kind: 'asked', requests }));
  const took = gathering<HotTiming>(
    (then) => setTimeout(then, TIMINGS_MS).unref(),
    (timings) => tell({ kind: 'took', timings }),
  );
  const failed = (error: unknown): void => tell({ kind: 'failed', error: inspect(error) });
  const edge = new HotEdge(await routesOf(start.files), {
    known: (token) => tokens.known(token),
    ask(place, asked, then) {
      ask([asking.add(then), place, asked]);
    },
    took,
    failed,
  });
  let upstream = '';
  const server = await ordinaryServer(() => upstream, tokens, failed);
  takeHotFirst(server.server, edge);
  main.on('message', (message: ToThread) => {
    if (message.kind === 'close') {
      edge.hangUp();
      return void close(server).then(() => tell({ kind: 'closed' }));
    }
    if (message.kind === 'upstream') return void (upstream = message.url);
    for (const [number, answer] of message.replies) asking.take(number)?.(answer);
  });
  try {
    await server.listen({ port: start.port, host: start.bindAddress });
    tell({ kind: 'listening', port: (server.server.address() as { port: number }).port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    tell({ kind: 'refused', code, message });
  }
}

async function routesOf(files: readonly string[]): Promise<HotRoutes[]> {
  const modules = (await Promise.all(files.map((file) => import(file)))) as {
    default: { hotRoutes: HotRoutes };
  }[];
  return modules.map((module) => module.default.hotRoutes);
}

/** Takes no more connections, lets requests be answered for a while, then hangs up. */
async function close(server: FastifyInstance): Promise<void> {
  const grace = setTimeout(() => (server.server as Server).closeAllConnections(), CLOSE_GRACE_MS);
  await server.close();
  clearTimeout(grace);
}
