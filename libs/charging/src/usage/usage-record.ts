import { hash } from 'node:crypto';
import type { UsageClass } from '@ronghe/contracts';
import type { Amount, Instant } from '@ronghe/kernel';
import type { MeasuredUnit } from './mapping/delivered-unit';

export type { MeasuredUnit } from './mapping/delivered-unit';

/** That a record is only a part of a call. */
export interface CallPart {
  /** The same in every part of the call. */
  callId: string;
  /** 1 is the first. */
  number: number;
  isLast: boolean;
}

/** One usage record of a source, read and normalised, not yet known to anybody. */
export interface UsageRecord {
  source: string;
  /** Unique within the source. */
  recordId: string;
  usageClass: UsageClass;
  /** The key of the subscriber: a number, digits only; another identifier as `imsi-…`, `iccid-…`, `equipment-…`, `product-…`. */
  subscriber: string;
  /** The other side of a call or message, as delivered; null where there is none. */
  peer: string | null;
  /** Start of the usage: decides period, price version and allowances (SEMANTICS §3). */
  usedAt: Instant;
  /** In `unit`, never negative. */
  quantity: bigint;
  unit: MeasuredUnit;
  /** What somebody else has priced it at; never negative. */
  preratedAmount: Amount | null;
  /** Null: the record is whole. */
  part: CallPart | null;
}

/**
 * SHA-256 of what a record says, 64 hexadecimal digits. The same record written differently (blanks, another
 * offset of the same instant, other column order) has the same hash; any change of content has another.
 */
export function bodyHashOf(record: UsageRecord): string {
  const { usageClass, subscriber, peer, usedAt, quantity, unit, preratedAmount, part } = record;
  let body = `${usageClass}\u001f${subscriber}\u001f${peer ?? ''}\u001f${usedAt}\u001f${quantity}\u001f${unit}`;
  if (preratedAmount !== null) body += `\u001famount ${preratedAmount}`;
  if (part) body += `\u001fpart ${part.number} ${part.isLast} ${part.callId}`;
  return hashOfText(body);
}

/** SHA-256 of a text, 64 hexadecimal digits: the content of a line that could not be read. */
export function hashOfText(text: string): string {
  return hash('sha256', text, 'hex');
}

/** What is one already. */
const PLAIN_NUMBER = /^(?:[1-9]|0(?!0))\d*$/;

/** Digits only: `+86 138-0013-8000` is 8613800138000. Empty when there is no digit. */
export function normaliseNumber(text: string): string {
  return PLAIN_NUMBER.test(text) ? text : text.replace(/\D/g, '').replace(/^00/, '');
}
