import { addMs, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { LEASE_MS, type AfterFailure } from './attempt';

/** Tables of what is tried: each has lane, bill_id, no, state, attempts, next_try_at, last_error, done_at. */
export type AttemptTable = 'bill_delivery' | 'tax_invoice';

/** Which one: `no` counts those of a bill from 1. */
export interface AttemptKey {
  lane: number;
  billId: string;
  no: number;
}

/** Those whose next attempt is due, the longest due first; `now` is system time. */
export async function findDue(
  tx: Tx,
  table: AttemptTable,
  now: Instant,
  limit: number,
): Promise<AttemptKey[]> {
  return tx.query(
    `select lane, bill_id as "billId", no from billing.${table}
     where lane between 0 and 1023 and state = 'waiting' and next_try_at <= $1 order by next_try_at limit $2`,
    [now, limit],
  );
}

/**
 * Takes one for an attempt; null when another has it, or it is not due. The attempt is counted now: one whose process dies is
 * tried again when its lease has ended.
 */
export async function claimAttempt(
  tx: Tx,
  table: AttemptTable,
  { lane, billId, no }: AttemptKey,
  now: Instant,
): Promise<{ attempts: number } | null> {
  const [row] = await tx.query<{ attempts: number }>(
    `update billing.${table} set attempts = attempts + 1, next_try_at = $5
     where lane = $1 and bill_id = $2 and no = $3 and state = 'waiting' and next_try_at <= $4 returning attempts`,
    [lane, billId, no, now, addMs(now, LEASE_MS)],
  );
  return row ?? null;
}

/** Notes that it is done; `now` is system time. */
export async function finishAttempt(
  tx: Tx,
  table: AttemptTable,
  { lane, billId, no }: AttemptKey,
  now: Instant,
): Promise<void> {
  await tx.execute(
    `update billing.${table} set state = 'done', next_try_at = null, last_error = null, done_at = $4
     where lane = $1 and bill_id = $2 and no = $3`,
    [lane, billId, no, now],
  );
}

/** Notes what follows a failure. */
export async function failAttempt(
  tx: Tx,
  table: AttemptTable,
  { lane, billId, no }: AttemptKey,
  { state, nextTryAt, reason }: AfterFailure,
): Promise<void> {
  await tx.execute(
    `update billing.${table} set state = $4, next_try_at = $5, last_error = $6
     where lane = $1 and bill_id = $2 and no = $3 and state = 'waiting'`,
    [lane, billId, no, state, nextTryAt, reason],
  );
}

/** Has a dead or waiting one tried again at once, with all its attempts; false when it is done, or there is none. */
export async function tryAgain(
  tx: Tx,
  table: AttemptTable,
  { lane, billId, no }: AttemptKey,
  now: Instant,
): Promise<boolean> {
  const changed = await tx.execute(
    `update billing.${table} set state = 'waiting', attempts = 0, next_try_at = $4
     where lane = $1 and bill_id = $2 and no = $3 and state <> 'done'`,
    [lane, billId, no, now],
  );
  return changed > 0;
}
