import { connect } from 'node:http2';
import { requestContext, traceparentOf } from '@ronghe/platform';
import type { NotifyTransport } from './notification';

/** A network function that has not answered by then is asked again later. */
export const NOTIFY_TIMEOUT_MS = 2000;

/** What one try came to. `refused` is final; `unreachable` may be tried again. */
export interface NotifyAnswer {
  result: 'done' | 'refused' | 'unreachable';
  outcome: string;
}

/**
 * Posts a notification once. Redirects are not followed and the answer's body is not read. Never throws: an outage is an
 * answer.
 */
export async function postNotification(
  uri: string,
  body: object,
  transport: NotifyTransport,
): Promise<NotifyAnswer> {
  const sent = {
    headers: { 'content-type': 'application/json', traceparent: traceparentOf(requestContext().traceId) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(NOTIFY_TIMEOUT_MS),
  };
  try {
    const status = await (transport === 'h2c' ? postH2c(uri, sent) : postHttp1(uri, sent));
    return { result: resultOf(status), outcome: `HTTP ${status}` };
  } catch {
    const isLate = sent.signal.aborted;
    return {
      result: 'unreachable',
      outcome: isLate ? `no answer within ${NOTIFY_TIMEOUT_MS} ms` : 'no answer',
    };
  }
}

interface Sent {
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

async function postHttp1(uri: string, sent: Sent): Promise<number> {
  const response = await fetch(uri, { method: 'POST', ...sent, redirect: 'manual' });
  await response.body?.cancel();
  return response.status;
}

/** On a connection of its own: there are few notifications, and each network function gets one at a time. */
async function postH2c(uri: string, { headers, body, signal }: Sent): Promise<number> {
  const { origin, pathname, search } = new URL(uri);
  const session = connect(origin, { settings: { enablePush: false } });
  try {
    return await new Promise<number>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('late')));
      session.once('error', reject);
      session.once('close', () => reject(new Error('closed')));
      const stream = session.request({ ':method': 'POST', ':path': `${pathname}${search}`, ...headers });
      stream.once('response', (head) => resolve(Number(head[':status'])));
      stream.once('error', reject);
      stream.end(body);
    });
  } finally {
    // What is still open on it fails by this, and nobody waits for it any more.
    session.on('error', () => undefined);
    session.destroy();
  }
}

/** Of the 4xx, 408 and 429 ask to come again; a redirect would lead where nobody allowed to go. */
function resultOf(status: number): NotifyAnswer['result'] {
  if (status >= 200 && status < 300) return 'done';
  if (status >= 300 && status < 500 && status !== 408 && status !== 429) return 'refused';
  return 'unreachable';
}
