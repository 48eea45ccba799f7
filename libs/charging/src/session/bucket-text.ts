import type { LocalizedText, Rollover, UsageClass, UsageUnit } from '@ronghe/contracts';
import type { BucketState, BucketUsers } from '@ronghe/rating';
import type { BucketOfRow } from '../balance/group-period';
import { instantsOfText, SharedValues } from './shared-values';

/**
 * The buckets of a card group as one text: a row for each bucket, with two dozen columns, costs both sides more than all else that
 * is read of a subscriber. What an offer says of a bucket stands behind its own values, and is the same in thousands of them.
 */

/** Control characters: PostgreSQL writes none of them into JSON, ids and numbers. */
const BETWEEN_VALUES = '\x1f';
const BETWEEN_PARTS = '\x1e';
const BETWEEN_BUCKETS = '\x1d';

const OWN = ['code', 'bucket_id', 'product_id', 'granted', 'remaining', 'member_used', 'owner_product_id'];
const TERMS = [
  ...['origin', 'label', 'usage_classes', 'unit', 'valid_from', 'valid_to', 'priority', 'rollover', 'rank'],
  ...[
    'zones',
    'bands',
    'member_cap',
    'increment',
    'is_blocker',
    'offering_code',
    'offering_version',
    'users',
  ],
] as const;
/** Lists whose texts hold anything. */
const LISTS = new Set<string>(['zones', 'bands']);

const character = (separator: string): string => `E'\\x${separator.charCodeAt(0).toString(16)}'`;
const column = (name: string): string => (LISTS.has(name) ? `array_to_json(b.${name})` : `b.${name}`);
const valuesOf = (names: readonly string[]): string =>
  names.map(column).join(`, ${character(BETWEEN_VALUES)}, `);

/** The text of rows of `charging.bucket b`, an aggregate, by code; null: there are none. */
export const BUCKETS_TEXT = `string_agg(concat(${valuesOf(OWN)}, ${character(BETWEEN_PARTS)}, ${valuesOf(TERMS)}),
  ${character(BETWEEN_BUCKETS)} order by b.code)`;

/** What many buckets have in common. */
type Terms = Required<
  Omit<
    BucketOfRow,
    'code' | 'bucketId' | 'productId' | 'quantity' | 'remaining' | 'memberUsed' | 'ownerProductId'
  >
>;

/** The buckets of a text. @throws Error where a value holds one of the characters that stand between values */
export function bucketsFromText(text: string | null): BucketOfRow[] {
  return text === null ? [] : text.split(BETWEEN_BUCKETS).map(bucketFromText);
}

function bucketFromText(text: string): BucketOfRow {
  const end = text.indexOf(BETWEEN_PARTS);
  const own = text.slice(0, end).split(BETWEEN_VALUES);
  if (end < 0 || own.length !== OWN.length) throw unreadable();
  const terms = termsByText.of(text.slice(end + 1));
  const [
    code = '',
    bucketId = '',
    productId = '',
    granted = '',
    remaining = '',
    used = '',
    ownerProductId = '',
  ] = own;
  const quantity = BigInt(granted);
  return {
    bucketId: apart(bucketId),
    code: codes.of(code),
    label: terms.label,
    origin: terms.origin,
    productId: productId === '' ? null : apart(productId),
    usageClasses: terms.usageClasses,
    unit: terms.unit,
    quantity,
    remaining: remaining === granted ? quantity : BigInt(remaining),
    validFrom: terms.validFrom,
    validTo: terms.validTo,
    priority: terms.priority,
    rollover: terms.rollover,
    rank: terms.rank,
    zones: terms.zones,
    bands: terms.bands,
    memberCap: terms.memberCap,
    memberUsed: used === '{}' ? noneUsed : usedFrom(used),
    ownerProductId: ownerProductId === '' ? null : apart(ownerProductId),
    increment: terms.increment,
    isBlocker: terms.isBlocker,
    offeringCode: terms.offeringCode,
    offeringVersion: terms.offeringVersion,
    users: terms.users,
  };
}

const noneUsed = {};
const codes = new SharedValues((code) => code);

/** An id as a string of its own: a piece of a string keeps the whole of it. */
function apart(id: string): string {
  return Buffer.from(id, 'latin1').toString('latin1');
}

const termsByText = new SharedValues((text): Terms => {
  const values = text.split(BETWEEN_VALUES);
  if (values.length !== TERMS.length) throw unreadable();
  /** Empty for null. */
  const valueOf = (name: (typeof TERMS)[number]): string => values[TERMS.indexOf(name)] ?? '';
  const unitsOf = (name: 'member_cap' | 'increment'): bigint | null =>
    valueOf(name) === '' ? null : BigInt(valueOf(name));
  const jsonOf = <T>(name: 'zones' | 'bands' | 'users' | 'rollover'): T | null =>
    valueOf(name) === '' ? null : (JSON.parse(valueOf(name)) as T);
  return {
    origin: valueOf('origin') as BucketState['origin'],
    label: JSON.parse(valueOf('label')) as LocalizedText,
    // `{voice,data}`.
    usageClasses: valueOf('usage_classes').slice(1, -1).split(',') as UsageClass[],
    unit: valueOf('unit') as UsageUnit,
    validFrom: instantsOfText.of(valueOf('valid_from')),
    validTo: instantsOfText.of(valueOf('valid_to')),
    priority: Number(valueOf('priority')),
    rollover: jsonOf<Rollover>('rollover'),
    rank: valueOf('rank') as 'base' | 'add-on',
    zones: jsonOf<string[]>('zones'),
    bands: jsonOf<string[]>('bands'),
    memberCap: unitsOf('member_cap'),
    increment: unitsOf('increment'),
    isBlocker: valueOf('is_blocker') === 't',
    offeringCode: valueOf('offering_code'),
    offeringVersion: Number(valueOf('offering_version')),
    users: jsonOf<BucketUsers>('users'),
  };
});

/** Units by member. */
function usedFrom(text: string): Record<string, bigint> {
  const stored = JSON.parse(text) as Record<string, string>;
  return Object.fromEntries(Object.entries(stored).map(([id, units]) => [id, BigInt(units)]));
}

function unreadable(): Error {
  return new Error('the values of a bucket cannot be told apart');
}
