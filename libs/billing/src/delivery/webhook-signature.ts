import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds that a receiver should let a signed message be old. */
export const SIGNATURE_SECONDS = 300;

/** The secret that an account's webhooks are signed with: ours and its own, stored nowhere. */
export function webhookSecret(accountId: string, secret: string): string {
  return createHmac('sha256', secret).update(`bill webhook ${accountId}`).digest('base64url');
}

/**
 * The header `ronghe-signature`: `t=` milliseconds since 1970, `v1=` HMAC-SHA256 in hex over `t.body` with the account's secret.
 * Who receives it computes the same over the body as it came, and refuses what is older than five minutes.
 */
export function signatureOf(body: string, atMs: number, secret: string): string {
  return `t=${atMs},v1=${mac(body, atMs, secret)}`;
}

/** What a receiver does. */
export function isSigned(body: string, header: string, nowMs: number, secret: string): boolean {
  const match = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(header);
  if (!match?.[1] || !match[2]) return false;
  const atMs = Number(match[1]);
  if (Math.abs(nowMs - atMs) > SIGNATURE_SECONDS * 1000) return false;
  return timingSafeEqual(Buffer.from(match[2]), Buffer.from(mac(body, atMs, secret)));
}

function mac(body: string, atMs: number, secret: string): string {
  return createHmac('sha256', secret).update(`${atMs}.${body}`).digest('hex');
}
