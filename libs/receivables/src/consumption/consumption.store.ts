import type { ConsumptionPosted } from '@ronghe/contracts';
import { amountFromMicro, type Amount } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { chartOfAccounts } from '../ledger-account';
import type { Moved } from './consumption';

type StoredMoved = Record<string, string>;

/** Locks an account's prepayment and reads what became of it. The row is made on first use. */
export async function lockPrepayment(tx: Tx, lane: number, accountId: string): Promise<Moved> {
  await tx.execute(
    `insert into receivables.prepayment (lane, account_id, paid_fen, moved) values ($1, $2, 0, '{}')
     on conflict do nothing`,
    [lane, accountId],
  );
  const [row] = await tx.query<{ moved: StoredMoved }>(
    `select moved from receivables.prepayment where lane = $1 and account_id = $2 for update`,
    [lane, accountId],
  );
  return fromStored(row?.moved ?? {});
}

/** What was posted of a day, and by which version; none before the first. */
export async function findPosted(
  tx: Tx,
  lane: number,
  { accountId, day }: ConsumptionPosted,
): Promise<{ version: number; posted: Moved } | null> {
  const [row] = await tx.query<{ version: number; posted: StoredMoved }>(
    `select version, posted from receivables.consumption where lane = $1 and account_id = $2 and day = $3`,
    [lane, accountId, day],
  );
  return row ? { version: row.version, posted: fromStored(row.posted) } : null;
}

/** Keeps what has been posted of a day, and of the account in all. */
export async function savePosted(
  tx: Tx,
  lane: number,
  { accountId, day, period }: ConsumptionPosted,
  state: { version: number; posted: Moved; moved: Moved },
): Promise<void> {
  await tx.execute(
    `insert into receivables.consumption (lane, account_id, day, version, posted, period) values ($1, $2, $3, $4, $5, $6)
     on conflict (lane, account_id, day) do update
       set version = excluded.version, posted = excluded.posted, period = excluded.period`,
    [lane, accountId, day, state.version, toStored(state.posted), period ?? null],
  );
  await tx.execute(`update receivables.prepayment set moved = $3 where lane = $1 and account_id = $2`, [
    lane,
    accountId,
    toStored(state.moved),
  ]);
}

/** An account's prepayment. */
export interface Prepayment {
  accountId: string;
  /** Top-ups that charging has granted. */
  grantedFen: bigint;
  /** All top-ups. */
  paidFen: bigint;
  /** Balance of the control account. */
  bookedFen: bigint;
  moved: Moved;
}

/** Every account's prepayment. Read at rest, over all lanes. */
export async function findPrepayments(tx: Tx): Promise<Prepayment[]> {
  const rows = await tx.query<{
    account_id: string;
    granted: string;
    booked: string;
    paid_fen: string;
    moved: StoredMoved;
  }>(
    `with granted as (
       select lane, account_id, sum(amount_fen) as fen from receivables.top_up where state = 'granted' group by 1, 2
     ), booked as (
       select lane, account_id, sum((line->>'credit')::bigint - (line->>'debit')::bigint) as fen
       from receivables.journal_entry, jsonb_array_elements(lines) as line
       where kind in ('top-up', 'consumption') and line->>'account' = $1 group by 1, 2
     )
     select account_id, coalesce(granted.fen, 0)::text as granted, coalesce(booked.fen, 0)::text as booked, paid_fen, moved
     from receivables.prepayment left join granted using (lane, account_id) left join booked using (lane, account_id)
     order by account_id`,
    [chartOfAccounts.prepayment.code],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    grantedFen: BigInt(row.granted),
    bookedFen: BigInt(row.booked),
    paidFen: BigInt(row.paid_fen),
    moved: fromStored(row.moved),
  }));
}

/** What was posted as used, exact, by account and bill period of the day. Read at rest, over all lanes. */
export async function findConsumed(tx: Tx): Promise<{ accountId: string; period: string; used: Amount }[]> {
  const rows = await tx.query<{ account_id: string; period: string; used: string }>(
    `select account_id, period, sum(value::bigint)::text as used
     from receivables.consumption, jsonb_each_text(posted)
     where period is not null and key like 'used/%' group by account_id, period order by account_id, period`,
  );
  return rows.map(({ account_id, period, used }) => ({
    accountId: account_id,
    period,
    used: amountFromMicro(BigInt(used)),
  }));
}

function fromStored(stored: StoredMoved): Moved {
  return Object.fromEntries(
    Object.entries(stored).map(([key, micro]) => [key, amountFromMicro(BigInt(micro))]),
  );
}

function toStored(moved: Moved): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(moved).map(([key, amount]) => [key, amount.toString()])),
  );
}
