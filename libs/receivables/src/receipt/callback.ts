import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError, hashOf, instantFromIso, localDateOf, type Instant } from '@ronghe/kernel';
import { z } from 'zod';
import { paymentAmount } from '../payment';
import type { ReceiptFact } from './receipt';

/** How far a callback's time may be from ours. */
export const CALLBACK_SECONDS = 300;
/** Where gateways' days are counted until the account is known. */
const GATEWAY_ZONE = 'Asia/Shanghai';
const TEXT_LENGTH = 100;

const body = z.object({
  transactionId: z.string().min(1).max(TEXT_LENGTH),
  status: z.enum(['succeeded', 'failed']),
  amount: z.string().max(TEXT_LENGTH),
  currency: z.literal('CNY'),
  paidAt: z.iso.datetime({ offset: true }),
  accountId: z.uuid().optional(),
  billNumber: z.string().min(1).max(TEXT_LENGTH).optional(),
  payer: z.string().max(TEXT_LENGTH).default(''),
});

/** `v1=` and the HMAC-SHA-256, in hex, of the time, a full stop and the bytes of the body. */
export function callbackSignature(secret: string, timestamp: string, bytes: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${bytes}`).digest('hex')}`;
}

/**
 * Whether a callback was signed with the secret, and now.
 * @throws DomainError `callback_refused`: forged, too old, too far ahead, or of a gateway that we do not know.
 */
export function assertSigned(
  callback: { timestamp: string; signature: string; bytes: string },
  secret: string | undefined,
  now: Instant,
): void {
  const { timestamp, signature, bytes } = callback;
  const seconds = /^\d{9,11}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  const isRecent = Math.abs(Date.parse(now) / 1000 - seconds) <= CALLBACK_SECONDS;
  const expected = Buffer.from(callbackSignature(secret ?? '', timestamp, bytes));
  const given = Buffer.from(signature);
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  if (secret !== undefined && isRecent && isOurs) return;
  throw new DomainError('callback_refused', 'forbidden', 'the callback is not signed, or not now');
}

/**
 * Reads a signed callback; null for a payment that failed, of which nothing comes.
 * @throws DomainError `callback_invalid`, `payment_amount_invalid`.
 */
export function readCallback(gateway: string, value: unknown): ReceiptFact | null {
  const parsed = body.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DomainError('callback_invalid', 'invalid', 'the callback lacks something', {
      field: issue?.path.join('.') ?? '',
    });
  }
  const { transactionId, status, amount, paidAt, accountId, billNumber, payer } = parsed.data;
  if (status === 'failed') return null;
  return {
    source: gateway,
    reference: transactionId,
    contentHash: hashOf(parsed.data),
    amount: paymentAmount(amount),
    valueDate: localDateOf(instantFromIso(paidAt), GATEWAY_ZONE),
    payer,
    remark: [billNumber, accountId].filter(Boolean).join(' '),
  };
}
