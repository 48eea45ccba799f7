import { requestContext, traceparentOf } from '@ronghe/platform';

/** A network function that has not answered by then is asked again later. */
export const NOTIFY_TIMEOUT_MS = 2000;

/** What one try came to. `refused` is final; `unreachable` may be tried again. */
export interface NotifyAnswer {
  result: 'done' | 'refused' | 'unreachable';
  outcome: string;
}

/**
 * Posts a notification once, over HTTP/1.1. Redirects are not followed and the answer's body is not read. Never throws: an outage is an
 * answer.
 */
export async function postNotification(uri: string, body: object): Promise<NotifyAnswer> {
  try {
    const response = await fetch(uri, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: traceparentOf(requestContext().traceId) },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(NOTIFY_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return { result: resultOf(response.status), outcome: `HTTP ${response.status}` };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return {
      result: 'unreachable',
      outcome: isLate ? `no answer within ${NOTIFY_TIMEOUT_MS} ms` : 'no answer',
    };
  }
}

/** Of the 4xx, 408 and 429 ask to come again; a redirect would lead where nobody allowed to go. */
function resultOf(status: number): NotifyAnswer['result'] {
  if (status >= 200 && status < 300) return 'done';
  if (status >= 300 && status < 500 && status !== 408 && status !== 429) return 'refused';
  return 'unreachable';
}
