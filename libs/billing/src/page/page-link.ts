import { createHmac, timingSafeEqual } from 'node:crypto';
import { instantToMs, type Instant } from '@ronghe/kernel';

/** How long a link to a bill page opens without sign-in. */
export const LINK_DAYS = 30;
const MS_PER_DAY = 86_400_000;

/**
 * The token of a link: when it ends (base 36 milliseconds) and a keyed hash over bill and end. Whoever has the link may
 * read this one bill until then.
 */
export function linkToken(billId: string, now: Instant, secret: string): string {
  const end = (instantToMs(now) + LINK_DAYS * MS_PER_DAY).toString(36);
  return `${end}.${signature(billId, end, secret)}`;
}

/** Whether the token was made for this bill with this secret and has not ended. */
export function isLinkToken(token: string, billId: string, now: Instant, secret: string): boolean {
  const [end, given] = token.split('.');
  if (!end || !given || !/^[0-9a-z]{1,12}$/.test(end)) return false;
  const expected = Buffer.from(signature(billId, end, secret));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return false;
  return Number.parseInt(end, 36) > instantToMs(now);
}

function signature(billId: string, end: string, secret: string): string {
  return createHmac('sha256', secret).update(`bill page ${billId} ${end}`).digest('base64url');
}
