import { newId, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { REVIEW_DUNNING } from './dunning-account.store';

interface AccountKey {
  lane: number;
  accountId: string;
}

/** A promise to pay, as a clerk took it down. */
export interface PaymentPromise {
  until: LocalDate;
  releases: boolean;
  reason: string;
  givenBy: string;
}

/** Writes a promise in place of the one that holds. */
export async function savePromise(tx: Tx, key: AccountKey, promise: PaymentPromise): Promise<void> {
  await endPromise(tx, key);
  await tx.execute(
    `insert into receivables.dunning_promise (lane, promise_id, account_id, until, releases, reason, given_by, given_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[key.lane, newId(), key.accountId, promise.until, promise.releases, promise.reason, promise.givenBy],
      tx.now,
    ],
  );
}

/** Ends the promise that holds; false when there is none. */
export async function endPromise(tx: Tx, { lane, accountId }: AccountKey): Promise<boolean> {
  const ended = await tx.execute(
    `update receivables.dunning_promise set ended_at = $3 where lane = $1 and account_id = $2 and ended_at is null`,
    [lane, accountId, tx.now],
  );
  return ended > 0;
}

/** What is agreed with an account. */
export interface DunningTerms {
  customerClass: string;
  isExempt: boolean;
  bearsLateFee: boolean;
  reason: string;
}

/** Writes what is agreed with an account; one that was never billed gets its row now. */
export async function saveTerms(tx: Tx, { lane, accountId }: AccountKey, terms: DunningTerms): Promise<void> {
  await tx.execute(
    `insert into receivables.dunning_account
       (lane, account_id, customer_class, is_exempt, bears_late_fee, terms_reason, is_watched)
     values ($1, $2, $3, $4, $5, $6, false)
     on conflict (lane, account_id) do update set customer_class = excluded.customer_class,
       is_exempt = excluded.is_exempt, bears_late_fee = excluded.bears_late_fee, terms_reason = excluded.terms_reason`,
    [lane, accountId, terms.customerClass, terms.isExempt, terms.bearsLateFee, terms.reason],
  );
}

/** Has an account looked at as soon as this commits; false for one that was never billed. */
export async function reviewNow(tx: Tx, { lane, accountId }: AccountKey): Promise<boolean> {
  const touched = await tx.execute(
    `update receivables.dunning_account set next_review_at = $3 where lane = $1 and account_id = $2`,
    [lane, accountId, tx.now],
  );
  if (touched > 0) tx.enqueue(REVIEW_DUNNING, {});
  return touched > 0;
}
