import type { LocalizedText } from '@ronghe/contracts';
import { amountFromMicro, columnArrays, instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { tellFees } from './fee-facts.store';
import type { PrepaidFee } from './prepaid-fee';

interface FeeRow {
  lane: number;
  account_id: string;
  product_id: string;
  price_code: string;
  period: string;
  label: LocalizedText;
  tax_class: string;
  amount: string;
  paid: string;
  state: PrepaidFee['state'];
  due_at: Date;
  next_try_at: Date;
  is_blocked: boolean;
}

/** An account in a period. */
export interface FeePeriod {
  lane: number;
  accountId: string;
  period: string;
}

/** The fees of accounts in periods, locked until the transaction ends, before their purses are. */
export async function lockFees(tx: Tx, of: readonly FeePeriod[]): Promise<PrepaidFee[]> {
  return readFees(tx, of, 'for update of f');
}

/** The fees of accounts in periods, as they stand. */
export async function findFees(tx: Tx, of: readonly FeePeriod[]): Promise<PrepaidFee[]> {
  return readFees(tx, of, '');
}

/** Locks fees that are to be tried now; those that somebody else tries are passed over. */
export async function lockDueFees(tx: Tx, limit: number): Promise<PrepaidFee[]> {
  const rows = await tx.query<FeeRow>(
    `select * from charging.prepaid_fee where state = 'due' and next_try_at <= $1
     order by next_try_at, lane, account_id, due_at, product_id limit $2 for update skip locked`,
    [tx.now, limit],
  );
  return rows.map(fromRow);
}

/** Locks fees of which billing has not been told what was debited: those from before it was told. */
export async function lockUntoldFees(tx: Tx, limit: number): Promise<PrepaidFee[]> {
  const rows = await tx.query<FeeRow>(
    `select * from charging.prepaid_fee where told <> paid order by lane, product_id limit $1 for update skip locked`,
    [limit],
  );
  return rows.map(fromRow);
}

/** Whether there are any. */
export async function hasUntoldFees(tx: Tx): Promise<boolean> {
  const rows = await tx.query(`select 1 from charging.prepaid_fee where told <> paid limit 1`);
  return rows.length > 0;
}

/** Whether any fee is to be tried now. */
export async function hasDueFees(tx: Tx): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from charging.prepaid_fee where state = 'due' and next_try_at <= $1 limit 1`,
    [tx.now],
  );
  return rows.length > 0;
}

/** Has an account's unpaid fees tried again now. True when there are any. */
export async function retryFees(tx: Tx, account: { lane: number; accountId: string }): Promise<boolean> {
  const touched = await tx.execute(
    `update charging.prepaid_fee set next_try_at = $3
     where lane = $1 and account_id = $2 and state = 'due' and due_at <= $3`,
    [account.lane, account.accountId, tx.now],
  );
  return touched > 0;
}

/** Inserts fees; one that somebody else has inserted meanwhile stays as it is. */
export async function insertFees(tx: Tx, fees: readonly PrepaidFee[]): Promise<void> {
  await writeFees(tx, fees, 'do nothing');
}

/** Brings locked fees to what they shall be. */
export async function saveFees(tx: Tx, fees: readonly PrepaidFee[]): Promise<void> {
  await writeFees(
    tx,
    fees,
    `do update set amount = excluded.amount, paid = excluded.paid, state = excluded.state,
       due_at = excluded.due_at, next_try_at = excluded.next_try_at, is_blocked = excluded.is_blocked`,
  );
  await tellFees(tx, fees);
}

async function writeFees(tx: Tx, fees: readonly PrepaidFee[], onConflict: string): Promise<void> {
  if (fees.length === 0) return;
  await tx.execute(
    `insert into charging.prepaid_fee (lane, product_id, price_code, period, account_id, label, tax_class, amount, paid,
       state, due_at, next_try_at, is_blocked)
     select lane, product_id, price_code, period, account_id, label::jsonb, tax_class, amount, paid, state, due_at,
       next_try_at, is_blocked
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::bigint[],
       $9::bigint[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::boolean[]) as new (lane, product_id,
       price_code, period, account_id, label, tax_class, amount, paid, state, due_at, next_try_at, is_blocked)
     on conflict (lane, product_id, price_code, period) ${onConflict}`,
    columnArrays(
      fees,
      (fee) => fee.lane,
      (fee) => fee.productId,
      (fee) => fee.priceCode,
      (fee) => fee.period,
      (fee) => fee.accountId,
      (fee) => JSON.stringify(fee.label),
      (fee) => fee.taxClass,
      (fee) => fee.amount,
      (fee) => fee.paid,
      (fee) => fee.state,
      (fee) => fee.dueAt,
      (fee) => fee.nextTryAt,
      (fee) => fee.isBlocked,
    ),
  );
}

/**
 * Blocks or frees the numbers of products, by whether any of their fees blocks them. Their accounts need not hear of it
 * (`touchProducts`): they are prepaid, and online sessions always read who holds a number of such a one.
 */
export async function saveBlocks(
  tx: Tx,
  products: readonly { lane: number; productId: string }[],
): Promise<void> {
  if (products.length === 0) return;
  await tx.execute(
    `update charging.number_holder h set is_blocked = exists (
       select from charging.prepaid_fee f where f.lane = wanted.lane and f.product_id = wanted.product_id and f.is_blocked)
     from unnest($1::smallint[], $2::uuid[]) as wanted (lane, product_id)
     where h.product_id = wanted.product_id and h.lane = wanted.lane`,
    columnArrays(
      products,
      (product) => product.lane,
      (product) => product.productId,
    ),
  );
}

/** Has the worker look when an unpaid fee is to be tried: one schedule for each instant, however many fees wait for it. */
export async function scheduleTries(tx: Tx, fees: readonly PrepaidFee[]): Promise<void> {
  const waiting = fees.filter((fee) => fee.state === 'due' && fee.nextTryAt > tx.now);
  for (const instant of new Set(waiting.map((fee) => fee.nextTryAt))) {
    await tx.schedule('charging.feesDue', instant, instant);
  }
}

async function readFees(tx: Tx, of: readonly FeePeriod[], lock: string): Promise<PrepaidFee[]> {
  if (of.length === 0) return [];
  const rows = await tx.query<FeeRow>(
    `select f.* from charging.prepaid_fee f
     join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, account_id, period)
       using (lane, account_id, period)
     order by f.lane, f.account_id, f.due_at, f.product_id, f.price_code ${lock}`,
    columnArrays(
      of,
      (each) => each.lane,
      (each) => each.accountId,
      (each) => each.period,
    ),
  );
  return rows.map(fromRow);
}

function fromRow(row: FeeRow): PrepaidFee {
  return {
    lane: row.lane,
    accountId: row.account_id,
    productId: row.product_id,
    priceCode: row.price_code,
    period: row.period,
    label: row.label,
    taxClass: row.tax_class,
    amount: amountFromMicro(BigInt(row.amount)),
    paid: amountFromMicro(BigInt(row.paid)),
    state: row.state,
    dueAt: instantFromDate(row.due_at),
    nextTryAt: instantFromDate(row.next_try_at),
    isBlocked: row.is_blocked,
  };
}
