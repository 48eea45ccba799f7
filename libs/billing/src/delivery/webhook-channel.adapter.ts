import { PermanentFailure } from '../document/attempt';
import type { DeliveryMessage } from './delivery';
import { signatureOf } from './webhook-signature';

const TIMEOUT_MS = 10_000;
/** The receiver says that the address is there no more (RFC 9110 §15.5.11). */
const GONE = 410;

/**
 * Posts a bill to its receiver, signed and with an idempotency key that is the same for every attempt. Redirections are not
 * followed: the bill goes where the account said.
 * @throws PermanentFailure when the address is gone; Error on any answer that is not 2xx.
 */
export async function postWebhook(message: DeliveryMessage, secret: string, nowMs: number): Promise<void> {
  const files = message.files.map(({ fileName, contentType, content }) => ({
    fileName,
    contentType,
    base64: content.toString('base64'),
  }));
  const body = JSON.stringify({ ...message.facts, id: message.messageId, files });
  const answer = await fetch(message.address ?? '', {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': message.messageId,
      'ronghe-signature': signatureOf(body, nowMs, secret),
    },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.body?.cancel();
  if (answer.ok) return;
  const said = `the receiver answered ${answer.status}`;
  throw answer.status === GONE ? new PermanentFailure(said) : new Error(said);
}
