import { columnArrays, type Instant, type LocalDate, type Money } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** The job that looks at accounts for which something may have come up. */
export const REVIEW_DUNNING = 'receivables.reviewDunning';

/** The schedule at which a state of some account may come to hold. */
export const DUNNING_DUE = 'receivables.dunningDue';

/** Who is in dunning as everybody is, until a clerk says otherwise. */
export const STANDARD_CLASS = 'standard';

/** A bill that begins to be owed. */
export interface OpenedBill {
  lane: number;
  accountId: string;
  billId: string;
  number: string;
  dueAt: Instant;
  /** Local day of `dueAt`. */
  lateFrom: LocalDate;
  /** Its total less late fees on it. */
  principal: Money;
  taxes: readonly { percent: string; gross: string }[];
}

/** Has dunning look at accounts once their bills are late, and remembers what late fees of them would follow from. */
export async function expectPayments(tx: Tx, bills: readonly OpenedBill[]): Promise<void> {
  if (bills.length === 0) return;
  await tx.execute(
    `with opened as (
       select * from unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::text[], $6::date[], $7::bigint[], $8::jsonb[],
         $9::timestamptz[]) as row (lane, bill_id, account_id, number, late_from, principal_fen, taxes, due_at)
     ), fee as (
       insert into receivables.late_fee
         (lane, bill_id, account_id, number, late_from, principal_fen, taxes, waived_fen, turns, is_settled)
       select lane, bill_id, account_id, number, late_from, principal_fen, taxes, 0, 0, false from opened
       on conflict do nothing
     )
     insert into receivables.dunning_account as a
       (lane, account_id, customer_class, is_exempt, bears_late_fee, is_watched, next_review_at)
     select lane, account_id, $1, false, true, false, min(due_at) from opened
     group by lane, account_id order by lane, account_id
     on conflict (lane, account_id) do update set next_review_at = least(a.next_review_at, excluded.next_review_at)`,
    [
      STANDARD_CLASS,
      ...columnArrays(
        bills,
        (bill) => bill.lane,
        (bill) => bill.billId,
        (bill) => bill.accountId,
        (bill) => bill.number,
        (bill) => bill.lateFrom,
        (bill) => bill.principal,
        (bill) => JSON.stringify(bill.taxes),
        (bill) => bill.dueAt,
      ),
    ],
  );
  // The bills of a run are due at one instant. In one order, so that two of these never wait for each other.
  for (const dueAt of [...new Set(bills.map((bill) => bill.dueAt))].sort())
    await tx.schedule(DUNNING_DUE, dueAt, dueAt);
}

/** What an account owes changed: if it is late or was, it is looked at again as soon as this commits. */
export async function reviewSoon(
  tx: Tx,
  lane: number,
  accountIds: readonly string[],
  { isLate, billIds }: { isLate: boolean; billIds: readonly string[] },
): Promise<void> {
  if (accountIds.length === 0) return;
  const touched = await tx.execute(
    `update receivables.dunning_account set next_review_at = $3
     where lane = $1 and account_id = any($2::uuid[]) and (is_watched or $4)`,
    [lane, accountIds, tx.now, isLate],
  );
  if (touched === 0) return;
  await tx.execute(
    `update receivables.late_fee set is_settled = false where lane = $1 and bill_id = any($2::uuid[]) and is_settled`,
    [lane, billIds],
  );
  tx.enqueue(REVIEW_DUNNING, {});
}

export interface DueAccountRow {
  lane: number;
  account_id: string;
  customer_id: string;
  zone: string;
  customer_class: string;
  is_exempt: boolean;
  bears_late_fee: boolean;
  promise: { until: LocalDate; releases: boolean } | null;
}

const accountColumns = `a.lane, a.account_id, known.customer_id, known.zone, a.customer_class, a.is_exempt, a.bears_late_fee,
  (select json_build_object('until', p.until, 'releases', p.releases) from receivables.dunning_promise p
   where p.lane = a.lane and p.account_id = a.account_id and p.ended_at is null) as promise`;

/** Accounts that are to be looked at now; locked, so that what changes meanwhile has them looked at once more. */
export async function lockDueAccounts(tx: Tx, limit: number): Promise<DueAccountRow[]> {
  return tx.query<DueAccountRow>(
    `select ${accountColumns} from receivables.dunning_account a
     join receivables.account known on known.account_id = a.account_id
     where a.next_review_at <= $1 order by a.next_review_at, a.lane, a.account_id limit $2
     for update of a skip locked`,
    [tx.now, limit],
  );
}

/** One account in dunning; null where it never had a bill. */
export async function findDunningAccount(
  tx: Tx,
  lane: number,
  accountId: string,
): Promise<(DueAccountRow & { terms_reason: string | null }) | null> {
  const [row] = await tx.query<DueAccountRow & { terms_reason: string | null }>(
    `select ${accountColumns}, a.terms_reason from receivables.dunning_account a
     join receivables.account known on known.account_id = a.account_id
     where a.lane = $1 and a.account_id = $2`,
    [lane, accountId],
  );
  return row ?? null;
}

/** Whether any account is to be looked at now. */
export async function hasDueAccounts(tx: Tx): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from receivables.dunning_account where next_review_at <= $1 limit 1`,
    [tx.now],
  );
  return rows.length > 0;
}

/** When an account is looked at again. */
export interface NextReview {
  lane: number;
  accountId: string;
  at: Instant | null;
  isWatched: boolean;
}

/** Notes when accounts that were looked at are looked at again. */
export async function saveNextReviews(tx: Tx, reviews: readonly NextReview[]): Promise<void> {
  await tx.execute(
    `update receivables.dunning_account a set next_review_at = new.at, is_watched = new.is_watched
     from unnest($1::smallint[], $2::uuid[], $3::timestamptz[], $4::boolean[]) as new (lane, account_id, at, is_watched)
     where a.lane = new.lane and a.account_id = new.account_id`,
    [
      reviews.map(({ lane }) => lane),
      reviews.map(({ accountId }) => accountId),
      reviews.map(({ at }) => at),
      reviews.map(({ isWatched }) => isWatched),
    ],
  );
  // In one order, so that two of these never wait for each other.
  for (const instant of [...new Set(reviews.flatMap(({ at }) => at ?? []))].sort()) {
    await tx.schedule(DUNNING_DUE, instant, instant);
  }
}
