import { requestContext, traceparentOf } from '@ronghe/platform';
import type { ElementRequest } from './service-order';

/** An element that has not answered by then may or may not have done what it was asked. */
export const TIMEOUT_MS = 3_000;
/** What is kept of an element's explanation. */
const MESSAGE_LENGTH = 200;

/** What one try came to. `refused` is final; `unreachable` may be tried again. */
export interface ElementAnswer {
  result: 'done' | 'refused' | 'unreachable';
  message: string;
}

/**
 * Asks a network element once. Never throws: an outage is an answer.
 * @param key makes the request idempotent at the element.
 * @param limits `signal` ends the wait early; without an answer it ends after `timeoutMs`, whole and above 0.
 */
export async function askElement(
  baseUrl: string,
  request: ElementRequest,
  key: string,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<ElementAnswer> {
  const limit = endingAfter(timeoutMs, signal);
  try {
    const response = await fetch(`${baseUrl}${request.path}`, {
      method: request.method,
      headers: {
        'idempotency-key': key,
        traceparent: traceparentOf(requestContext().traceId),
        ...(request.method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.method === 'DELETE' ? {} : { body: JSON.stringify(request.body) }),
      signal: limit.signal,
    });
    const text = (await response.text()).slice(0, MESSAGE_LENGTH);
    return { result: resultOf(response.status, request), message: `HTTP ${response.status} ${text}`.trim() };
  } catch (error) {
    return { result: 'unreachable', message: reasonOf(error, timeoutMs) };
  } finally {
    limit.forget();
  }
}

/**
 * A signal that ends with another one, or after a while. Not AbortSignal.any over AbortSignal.timeout: Node.js 20 may collect
 * the timer's signal as garbage, and then the request waits for ever.
 */
function endingAfter(timeoutMs: number, signal: AbortSignal): { signal: AbortSignal; forget: () => void } {
  const ending = new AbortController();
  const end = (): void => ending.abort(signal.reason);
  const timer = setTimeout(
    () => ending.abort(new DOMException('no answer in time', 'TimeoutError')),
    timeoutMs,
  );
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  const forget = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  };
  return { signal: ending.signal, forget };
}

/** What was to be removed and is not there is removed. Of the 4xx, 408 and 429 ask to come again. */
function resultOf(status: number, request: ElementRequest): ElementAnswer['result'] {
  if (status >= 200 && status < 300) return 'done';
  if (request.method === 'DELETE' && (status === 404 || status === 410)) return 'done';
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return 'refused';
  return 'unreachable';
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : '';
  return `no answer ${cause || error.message}`.slice(0, MESSAGE_LENGTH);
}
