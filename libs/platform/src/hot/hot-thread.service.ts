import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PlatformConfig } from '../config/platform-config';
import { CLOSE_GRACE_MS, portInUse, urlOf, type Listener } from '../host/listener';
import type { HotPosts } from './hot-posts.service';
import {
  gathering,
  type FromThread,
  type ThreadReply,
  type ThreadStart,
  type ToThread,
} from './hot-thread-messages';

/** A listener on another thread. */
export interface ThreadListener extends Listener {
  /** Says where the process itself listens; until then the thread answers only what is hot. */
  handOnTo(url: string): void;
}

/**
 * Serves the host's routes over HTTP/1.1 on a thread of its own: what is hot is read and written there, so that this one has
 * time to decide. An answer leaves this thread when it is known, as it would leave the socket.
 * @throws DomainError `port_in_use`
 */
export async function listenOnThread(
  hot: HotPosts,
  config: PlatformConfig,
  port: number,
): Promise<ThreadListener> {
  const { bindAddress, jwtSecret } = config;
  const workerData: ThreadStart = { port, bindAddress, jwtSecret, files: hot.files() };
  const thread = new Worker(join(__dirname, 'hot-thread.js'), { workerData });
  const tell = (message: ToThread): void => thread.postMessage(message);
  // Behind all that a committed batch has answered, before anything else is begun.
  const reply = gathering<ThreadReply>(process.nextTick, (replies) => tell({ kind: 'answered', replies }));
  let isClosing = false;
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  const listening = new Promise<number>((resolve, reject) => {
    // What its end means, other than by `close`: it did not start; later the process is deaf without it.
    let onEnd: (error: Error) => void = reject;
    // What is said first is why. Where this thread was busy, Node tells the error and the exit in one go, and what a listener
    // throws of the error only behind both.
    let isEnding = false;
    const end = (error: Error): void => {
      if (isClosing || isEnding) return;
      isEnding = true;
      onEnd(error);
    };
    thread.on('error', end);
    thread.on('messageerror', end);
    thread.on('exit', (code) => end(new Error(`The network thread ended with code ${code}.`)));
    thread.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'listening':
          // The process ends, as it would of an error of its own, and is started again.
          onEnd = (error) => {
            throw error;
          };
          return resolve(message.port);
        case 'refused':
          return reject(
            message.code === 'EADDRINUSE'
              ? portInUse(port, 'RONGHE_NETWORK_PORT')
              : new Error(message.message),
          );
        case 'asked':
          for (const [number, place, asked] of message.requests)
            hot.ask(place, asked, (answer) => reply([number, answer]));
          return;
        case 'took':
          return message.timings.forEach((timing) => hot.took(timing, 'network'));
        case 'failed':
          return hot.failed(message.error);
        case 'closed':
          return void thread.terminate();
      }
    });
  });
  const url = urlOf(config, await listening.catch(givingUp(thread)));
  return {
    url,
    handOnTo: (to) => tell({ kind: 'upstream', url: to }),
    async close() {
      isClosing = true;
      tell({ kind: 'close' });
      // A thread that stands still does not hold up the end.
      const late = setTimeout(() => void thread.terminate(), 2 * CLOSE_GRACE_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

/** A thread that cannot listen is of no use. */
function givingUp(thread: Worker): (error: unknown) => Promise<never> {
  return async (error) => {
    await thread.terminate();
    throw error;
  };
}
