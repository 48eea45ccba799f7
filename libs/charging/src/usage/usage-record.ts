import { createHash } from 'node:crypto';
import type { UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';

/** In what a usage record measures; prices and allowances count in their own units. */
export type MeasuredUnit = 'second' | 'kb' | 'message';

/** One usage record of a source, read and normalised, not yet known to anybody. */
export interface UsageRecord {
  source: string;
  /** Unique within the source. */
  recordId: string;
  usageClass: UsageClass;
  /** The subscriber's number, digits only. */
  subscriber: string;
  /** The other side of a call or message, as delivered; null where there is none. */
  peer: string | null;
  /** Start of the usage: decides period, price version and allowances (SEMANTICS §3). */
  usedAt: Instant;
  /** In `unit`, never negative. */
  quantity: bigint;
  unit: MeasuredUnit;
}

/**
 * SHA-256 of what a record says, 64 hexadecimal digits. The same record written differently (blanks, another
 * offset of the same instant, other column order) has the same hash; any change of content has another.
 */
export function bodyHashOf(record: UsageRecord): string {
  const { usageClass, subscriber, peer, usedAt, quantity, unit } = record;
  return hashOfText([usageClass, subscriber, peer ?? '', usedAt, quantity.toString(), unit].join('\u001f'));
}

/** SHA-256 of a text, 64 hexadecimal digits: the content of a line that could not be read. */
export function hashOfText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Digits only: `+86 138-0013-8000` is 8613800138000. Empty when there is no digit. */
export function normaliseNumber(text: string): string {
  return text.replace(/\D/g, '').replace(/^00/, '');
}
