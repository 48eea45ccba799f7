import type { Tx } from '@ronghe/platform';
import type { BillingGroup } from '../bill/draft.service';
import type { Quarantined } from './bill-run';

/** Groups that were released from a run's quarantine and wait to be tried again; those of one lane, `limit` at most. */
export async function releasedGroups(
  tx: Tx,
  runId: string,
  limit: number,
): Promise<{ lane: number; groups: BillingGroup[] } | null> {
  const rows = await tx.query<{ lane: number; billing_group_id: string; account_ids: string[] }>(
    `select claim.lane, billing_group_id, array_agg(account_id::text order by account_id) as account_ids
     from billing.billing_claim as claim join billing.account using (account_id)
     where run_id = $1 and outcome = 'released'
     group by claim.lane, billing_group_id order by claim.lane, billing_group_id limit $2`,
    [runId, limit],
  );
  const [first] = rows;
  if (!first) return null;
  const groups = rows
    .filter((row) => row.lane === first.lane)
    .map((row) => ({ groupId: row.billing_group_id, accountIds: row.account_ids }));
  return { lane: first.lane, groups };
}

/** Releases the quarantined claims of an account's whole group; how many there were. */
export async function releaseGroup(tx: Tx, lane: number, runId: string, groupId: string): Promise<number> {
  return tx.execute(
    `update billing.billing_claim as claim set outcome = 'released'
     from billing.account
     where claim.lane = $1 and run_id = $2 and outcome = 'quarantined'
       and account.account_id = claim.account_id and billing_group_id = $3`,
    [lane, runId, groupId],
  );
}

/** A run's claims by outcome. */
export async function countClaims(tx: Tx, runId: string): Promise<Record<string, number>> {
  const rows = await tx.query<{ outcome: string; count: string }>(
    `select outcome, count(*) as count from billing.billing_claim where run_id = $1 group by outcome`,
    [runId],
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, Number(row.count)]));
}

/** Accounts in a run's quarantine, `limit` at most. */
export async function listQuarantined(tx: Tx, runId: string, limit: number): Promise<Quarantined[]> {
  const rows = await tx.query<{ account_id: string; reason_code: string; reason: string }>(
    `select account_id, reason_code, reason from billing.billing_claim
     where run_id = $1 and outcome = 'quarantined' order by lane, account_id limit $2`,
    [runId, limit],
  );
  return rows.map((row) => ({ accountId: row.account_id, code: row.reason_code, reason: row.reason }));
}

/** Voids what a run did in a lane: drafts, claims, the charges and differences on them. */
export async function voidLane(tx: Tx, runId: string, lane: number): Promise<void> {
  await tx.execute(
    `update billing.one_time_charge as charge set bill_id = null
     from billing.bill
     where charge.lane = $1 and bill.lane = $1 and bill.run_id = $2 and charge.bill_id = bill.bill_id`,
    [lane, runId],
  );
  await tx.execute(
    `update billing.bill set state = 'rejected' where lane = $1 and run_id = $2 and state = 'draft'`,
    [lane, runId],
  );
  await tx.execute(`update billing.billing_claim set outcome = 'void' where lane = $1 and run_id = $2`, [
    lane,
    runId,
  ]);
  await tx.execute(`update billing.reopened_period set run_id = null where lane = $1 and run_id = $2`, [
    lane,
    runId,
  ]);
}
