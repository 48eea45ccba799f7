import { createHash } from 'node:crypto';
import type { LocalizedText, Rollover, UsageClass, UsageUnit } from '@ronghe/contracts';
import type { BucketState, BucketUsers } from '@ronghe/rating';
import type { StoredBucket } from './group-period';
import { instantsOfText, SharedValues } from '../shared-values';

/**
 * The buckets of a card group as one text: a row for each bucket, with two dozen columns, costs both sides more than all else that
 * is read of a subscriber. What an offer says of a bucket stands behind its own values, and is the same in thousands of them. There
 * are two forms: with all that is said of each bucket, and the short one that stands in the group's row. Whoever changes the short
 * one, or columns of `charging.bucket` by a migration, sets `bucket_rows = null` in a migration: rows keep what was written.
 */

/** Control characters: PostgreSQL writes none of them into JSON, ids and numbers. */
const BETWEEN_VALUES = '\x1f';
const BETWEEN_PARTS = '\x1e';
const BETWEEN_BUCKETS = '\x1d';
/** In the short form: the value is that of the bucket before, and what is said of the bucket is what has this hash. */
const SAME = '"';
const HASHED = '#';
/** Of 10,000 different ones two have the same by a chance of 1 to 2 * 10^16. */
const HASH_CHARACTERS = 20;

const OWN = [
  ...['code', 'bucket_id', 'product_id', 'granted', 'remaining', 'member_used', 'owner_product_id'],
  ...['valid_from', 'valid_to'],
];
const TERMS = [
  ...['origin', 'label', 'usage_classes', 'unit', 'priority', 'rollover', 'rank', 'zones', 'bands'],
  ...['member_cap', 'increment', 'is_blocker', 'offering_code', 'offering_version', 'users'],
] as const;
/** Lists whose texts hold anything. */
const LISTS = new Set<string>(['zones', 'bands']);

const character = (separator: string): string => `E'\\x${separator.charCodeAt(0).toString(16)}'`;
const column = (name: string): string => (LISTS.has(name) ? `array_to_json(b.${name})` : `b.${name}`);
const textOf = (values: readonly string[]): string => values.join(`, ${character(BETWEEN_VALUES)}, `);
const TERMS_TEXT = textOf(TERMS.map(column));

/** The text of rows of `charging.bucket b`, an aggregate, by code; null: there are none. */
export const BUCKETS_TEXT = `string_agg(concat(${textOf(OWN.map(column))}, ${character(BETWEEN_PARTS)}, ${TERMS_TEXT}),
  ${character(BETWEEN_BUCKETS)} order by b.code)`;

/** A value in the short form. */
const SHORT: Readonly<Record<string, string>> = {
  remaining: 'nullif(b.remaining, b.granted)',
  member_used: `nullif(b.member_used, '{}')`,
  ...Object.fromEntries(
    ['product_id', 'valid_from', 'valid_to'].map((name) => [
      name,
      `case when b.${name} is not distinct from lag(b.${name}) over before then '${SAME}' else b.${name}::text end`,
    ]),
  ),
};

/** The short text of the buckets of `charging.group_period g`; null: there are none. */
export const SHORT_BUCKETS_TEXT = `(select string_agg(text, ${character(BETWEEN_BUCKETS)} order by code) from (
  select b.code, concat(${textOf(OWN.map((name) => SHORT[name] ?? column(name)))}, ${character(BETWEEN_PARTS)}, '${HASHED}',
    left(md5(concat(${TERMS_TEXT})), ${HASH_CHARACTERS})) as text
  from charging.bucket b where (b.lane, b.card_group_id, b.period) = (g.lane, g.card_group_id, g.period)
  window before as (order by b.code)) as short)`;

/** What many buckets have in common. */
type Terms = Required<
  Omit<
    StoredBucket,
    | 'code'
    | 'bucketId'
    | 'productId'
    | 'quantity'
    | 'remaining'
    | 'isMoved'
    | 'reserved'
    | 'memberReserved'
    | 'memberUsed'
    | 'ownerProductId'
    | 'validFrom'
    | 'validTo'
  >
>;

/**
 * The buckets of a text of either form, as their own rows have them; undefined: it is short, and what is said of one of them has not
 * been read, or was forgotten.
 * @throws Error where a value holds one of the characters that stand between values
 */
export function bucketsFromText(text: string | null): StoredBucket[] | undefined {
  const buckets: StoredBucket[] = [];
  if (text === null) return buckets;
  for (const each of text.split(BETWEEN_BUCKETS)) {
    const end = each.indexOf(BETWEEN_PARTS);
    const own = each.slice(0, end).split(BETWEEN_VALUES);
    if (end < 0 || own.length !== OWN.length) throw unreadable();
    const terms = termsOf(each, end + 1);
    if (!terms) return undefined;
    buckets.push(bucketFrom(own, terms, buckets.at(-1)));
  }
  return buckets;
}

function bucketFrom(own: readonly string[], terms: Terms, before: StoredBucket | undefined): StoredBucket {
  const [
    code = '',
    bucketId = '',
    productId = '',
    granted = '',
    remaining = '',
    used = '',
    ownerProductId = '',
    validFrom = '',
    validTo = '',
  ] = own;
  const quantity = BigInt(granted);
  return {
    bucketId: apart(bucketId),
    code: codes.of(code),
    label: terms.label,
    origin: terms.origin,
    productId: productId === SAME ? (before?.productId ?? null) : idOrNull(productId),
    usageClasses: terms.usageClasses,
    unit: terms.unit,
    quantity,
    remaining: remaining === '' || remaining === granted ? quantity : BigInt(remaining),
    // In the order of `storedBucket`: all buckets have one shape.
    isMoved: false,
    reserved: 0n,
    memberReserved: null,
    validFrom: validFrom === SAME && before ? before.validFrom : instantsOfText.of(validFrom),
    validTo: validTo === SAME && before ? before.validTo : instantsOfText.of(validTo),
    priority: terms.priority,
    rollover: terms.rollover,
    rank: terms.rank,
    zones: terms.zones,
    bands: terms.bands,
    memberCap: terms.memberCap,
    memberUsed: used === '' || used === '{}' ? noneUsed : usedFrom(used),
    ownerProductId: idOrNull(ownerProductId),
    increment: terms.increment,
    isBlocker: terms.isBlocker,
    offeringCode: terms.offeringCode,
    offeringVersion: terms.offeringVersion,
    users: terms.users,
  };
}

const noneUsed = {};
const codes = new SharedValues((code) => code);

const idOrNull = (id: string): string | null => (id === '' ? null : apart(id));

/** An id as a string of its own: a piece of a string keeps the whole of it. */
function apart(id: string): string {
  return Buffer.from(id, 'latin1').toString('latin1');
}

/** What is said of a bucket from there on; undefined: it is a hash of what nobody has read yet. */
function termsOf(text: string, from: number): Terms | undefined {
  if (text[from] === HASHED) return termsByHash.get(text.slice(from + 1));
  const { hash, terms } = termsByText.of(text.slice(from));
  if (!termsByHash.has(hash)) {
    if (termsByHash.size >= TERMS_LIMIT) termsByHash.clear();
    termsByHash.set(hash, terms);
  }
  return terms;
}

/** Terms that are kept by their hash; then all are forgotten, until they are read again. */
const TERMS_LIMIT = 10_000;
const termsByHash = new Map<string, Terms>();

const termsByText = new SharedValues((text): { hash: string; terms: Terms } => ({
  hash: createHash('md5').update(text).digest('hex').slice(0, HASH_CHARACTERS),
  terms: termsFrom(text),
}));

function termsFrom(text: string): Terms {
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
}

/** Units by member. */
function usedFrom(text: string): Record<string, bigint> {
  const stored = JSON.parse(text) as Record<string, string>;
  return Object.fromEntries(Object.entries(stored).map(([id, units]) => [id, BigInt(units)]));
}

function unreadable(): Error {
  return new Error('the values of a bucket cannot be told apart');
}
