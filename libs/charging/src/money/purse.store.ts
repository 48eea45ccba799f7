import { amountFromMicro, columnArrays, instantFromDate, localDateOf, newId } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { raiseMoneyNotices } from '../notice/notice.store';
import { allEnded } from '../session/all-ended';
import type { MoneyBucket, MoneyKind, Purse, PurseChange } from '@ronghe/rating';

/** Names an account's purse. */
export interface PurseKey {
  lane: number;
  accountId: string;
}

interface BucketRow {
  lane: number;
  bucket_id: string;
  account_id: string;
  kind: MoneyKind;
  remaining: string;
  reserved: string;
  overrun: string;
  spent: string;
  credit_limit: string;
  valid_from: Date;
  valid_to: Date | null;
  priority: number;
  zone: string;
}

/**
 * Purses by account id, their buckets locked until the transaction ends in the order (lane, bucket id); accounts that
 * are not known are left out. Lock sessions and card groups before.
 */
export async function lockPurses(tx: Tx, keys: readonly PurseKey[]): Promise<Map<string, Purse>> {
  return readPurses(tx, keys, LOCK_PURSES);
}

/** Purses by account id, as they stand. */
export async function findPurses(tx: Tx, keys: readonly PurseKey[]): Promise<Map<string, Purse>> {
  return readPurses(tx, keys, FIND_PURSES);
}

/**
 * Writes buckets and enters their movements; of several changes of one purse the last one holds all before it.
 * @param reference the cause: a payment, a session, a file, a period; a change may name its own
 */
export async function savePurses(
  tx: Tx,
  changes: readonly (PurseChange & { reference?: string })[],
  reference: string,
): Promise<void> {
  const purses = new Map(changes.map(({ purse }) => [purse.accountId, purse]));
  await allEnded([
    saveMoneyBuckets(tx, [...purses.values()].flatMap(changedBuckets)),
    saveMoneyEntries(tx, changes, reference),
  ]);
  await raiseMoneyNotices(tx, [...purses.values()]);
}

/** Gives accounts their main bucket; those that have one keep it. */
export async function openPurse(
  tx: Tx,
  key: PurseKey,
  creditLimit: MoneyBucket['creditLimit'],
): Promise<void> {
  await tx.execute(
    `insert into charging.money_bucket (lane, bucket_id, account_id, kind, credit_limit, valid_from, priority)
     values ($1, $2, $2, 'main', $3, $4, $5) on conflict (lane, bucket_id) do nothing`,
    [key.lane, key.accountId, creditLimit.toString(), ALWAYS, MAIN_PRIORITY],
  );
}

/** Has the worker look at the purse when a part of it ends. */
export async function scheduleEnds(tx: Tx, purse: Purse): Promise<void> {
  const ends = new Set(purse.buckets.map((bucket) => bucket.validTo));
  for (const end of ends) {
    if (end !== null && end > tx.now) await tx.schedule('charging.moneyEnds', end, end);
  }
}

/** Where the main bucket stands among others: lower ones are spent before it. */
export const MAIN_PRIORITY = 100;

/** The start of what was always valid. */
const ALWAYS = '1970-01-01T00:00:00.000Z';

const FIND_PURSES: Statement = {
  name: 'charging-find-purses',
  text: `select b.*, a.zone from charging.money_bucket b
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id) using (lane, account_id)
     join charging.account a on a.account_id = b.account_id
     order by b.lane, b.bucket_id`,
};

const LOCK_PURSES: Statement = {
  name: 'charging-lock-purses',
  text: `${FIND_PURSES.text} for update of b`,
};

async function readPurses(
  tx: Tx,
  keys: readonly PurseKey[],
  statement: Statement,
): Promise<Map<string, Purse>> {
  if (keys.length === 0) return new Map();
  const rows = await prepared<BucketRow>(
    tx,
    statement,
    columnArrays(
      [...new Map(keys.map((key) => [key.accountId, key])).values()],
      (key) => key.lane,
      (key) => key.accountId,
    ),
  );
  const buckets = new Map<string, MoneyBucket[]>();
  const purses = new Map<string, Purse>();
  for (const row of rows) {
    const own = buckets.get(row.account_id) ?? [];
    own.push(bucketFromRow(row));
    if (own.length > 1) continue;
    buckets.set(row.account_id, own);
    purses.set(row.account_id, {
      lane: row.lane,
      accountId: row.account_id,
      zone: row.zone,
      buckets: own,
      stored: own,
    });
  }
  return purses;
}

function changedBuckets(purse: Purse): MoneyBucket[] {
  const stored = new Set(purse.stored ?? []);
  return purse.buckets.filter((bucket) => !stored.has(bucket));
}

const SAVE_BUCKETS: Statement = {
  name: 'charging-save-money',
  text: `insert into charging.money_bucket (lane, bucket_id, account_id, kind, remaining, reserved, overrun, credit_limit,
       valid_from, valid_to, priority, spent, is_expired)
     select *, coalesce(valid_to <= $13::timestamptz and remaining <= 0, false)
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
       $8::bigint[], $9::timestamptz[], $10::timestamptz[], $11::integer[], $12::bigint[]) as new (lane, bucket_id,
       account_id, kind, remaining, reserved, overrun, credit_limit, valid_from, valid_to, priority, spent)
     on conflict (lane, bucket_id) do update set remaining = excluded.remaining, reserved = excluded.reserved,
       overrun = excluded.overrun, spent = excluded.spent, credit_limit = excluded.credit_limit, valid_to = excluded.valid_to,
       priority = excluded.priority, is_expired = excluded.is_expired`,
};

async function saveMoneyBuckets(tx: Tx, buckets: readonly MoneyBucket[]): Promise<void> {
  if (buckets.length === 0) return;
  await prepared(tx, SAVE_BUCKETS, [
    ...columnArrays(
      buckets,
      (bucket) => bucket.lane,
      (bucket) => bucket.bucketId,
      (bucket) => bucket.accountId,
      (bucket) => bucket.kind,
      (bucket) => bucket.remaining,
      (bucket) => bucket.reserved,
      (bucket) => bucket.overrun,
      (bucket) => bucket.creditLimit,
      (bucket) => bucket.validFrom,
      (bucket) => bucket.validTo,
      (bucket) => bucket.priority,
      (bucket) => bucket.spent,
    ),
    tx.now,
  ]);
}

const INSERT_ENTRIES: Statement = {
  name: 'charging-insert-money-entries',
  text: `insert into charging.money_entry (lane, account_id, entry_id, bucket_id, kind, delta, reference, local_day,
       tax_class, business_at)
     select *, $10::timestamptz from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[],
       $6::bigint[], $7::text[], $8::date[], $9::text[])`,
};

async function saveMoneyEntries(
  tx: Tx,
  changes: readonly (PurseChange & { reference?: string })[],
  reference: string,
): Promise<void> {
  const rows = changes.flatMap((change) =>
    change.moves.map((move) => ({
      ...move,
      purse: change.purse,
      reference: change.reference ?? reference,
    })),
  );
  const moved = rows.filter((row) => row.delta !== 0n);
  if (moved.length === 0) return;
  await prepared(tx, INSERT_ENTRIES, [
    ...columnArrays(
      moved,
      (row) => row.purse.lane,
      (row) => row.purse.accountId,
      () => newId(),
      (row) => row.bucketId,
      (row) => row.kind,
      (row) => row.delta,
      (row) => row.reference,
      (row) => localDateOf(tx.now, row.purse.zone),
      (row) => row.taxClass,
    ),
    tx.now,
  ]);
}

function bucketFromRow(row: BucketRow): MoneyBucket {
  return {
    bucketId: row.bucket_id,
    lane: row.lane,
    accountId: row.account_id,
    kind: row.kind,
    remaining: amountFromMicro(BigInt(row.remaining)),
    reserved: amountFromMicro(BigInt(row.reserved)),
    overrun: amountFromMicro(BigInt(row.overrun)),
    spent: amountFromMicro(BigInt(row.spent)),
    creditLimit: amountFromMicro(BigInt(row.credit_limit)),
    validFrom: instantFromDate(row.valid_from),
    validTo: row.valid_to && instantFromDate(row.valid_to),
    priority: row.priority,
  };
}
