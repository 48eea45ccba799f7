import type { Tx } from '@ronghe/platform';
import type { BillingGroup } from '../bill/draft.service';
import type { Quarantined } from './bill-run';

/** Groups of a range of lanes that were released from a run's quarantine and wait to be tried again, `limit` at most. */
export async function releasedGroups(
  tx: Tx,
  runId: string,
  range: { fromLane: number; toLane: number },
  limit: number,
): Promise<BillingGroup[]> {
  const rows = await tx.query<{ lane: number; billing_group_id: string; account_ids: string[] }>(
    `select claim.lane, billing_group_id, array_agg(account_id::text order by account_id) as account_ids
     from billing.billing_claim as claim join billing.account using (account_id)
     where run_id = $1 and outcome = 'released' and claim.lane between $3 and $4
     group by claim.lane, billing_group_id order by claim.lane, billing_group_id limit $2`,
    [runId, limit, range.fromLane, range.toLane],
  );
  return rows.map((row) => ({ lane: row.lane, groupId: row.billing_group_id, accountIds: row.account_ids }));
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

/** Accounts in a run's quarantine in the order of their ids, behind one, `limit` at most. */
export async function listQuarantined(
  tx: Tx,
  runId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<Quarantined[]> {
  const rows = await tx.query<{ account_id: string; reason_code: string; reason: string }>(
    `select account_id, reason_code, reason from billing.billing_claim
     where run_id = $1 and outcome = 'quarantined' and ($3::uuid is null or account_id > $3)
     order by account_id limit $2`,
    [runId, limit, after],
  );
  return rows.map((row) => ({ accountId: row.account_id, code: row.reason_code, reason: row.reason }));
}

/** Whether bills of the run have a number: they stand, whatever becomes of its drafts. */
export async function hasIssued(tx: Tx, runId: string, lanes: readonly number[]): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from billing.bill
     where lane = any($1::smallint[]) and run_id = $2 and state in ('numbered', 'published') limit 1`,
    [lanes, runId],
  );
  return rows.length > 0;
}

/** Whether bills of the run have a number and are not published: an earlier version numbered them. */
export async function hasUnpublished(tx: Tx, runId: string, lanes: readonly number[]): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from billing.bill where lane = any($1::smallint[]) and run_id = $2 and state = 'numbered' limit 1`,
    [lanes, runId],
  );
  return rows.length > 0;
}

/**
 * Voids what a run did in a range of lanes: drafts, claims, the charges and differences on them. Where bills of the run
 * are issued, what it found otherwise stands: only its drafts are void, and what was released is in quarantine again.
 */
export async function voidLanes(
  tx: Tx,
  runId: string,
  { fromLane, toLane }: { fromLane: number; toLane: number },
  isPartlyIssued: boolean,
): Promise<void> {
  const scope = [runId, fromLane, toLane];
  await tx.execute(
    `update billing.one_time_charge as charge set bill_id = null
     from billing.bill
     where charge.lane between $2 and $3 and bill.lane = charge.lane and bill.run_id = $1 and bill.state = 'draft'
       and charge.bill_id = bill.bill_id`,
    scope,
  );
  await tx.execute(
    `update billing.bill set state = 'rejected' where lane between $2 and $3 and run_id = $1 and state = 'draft'`,
    scope,
  );
  await tx.execute(
    `update billing.billing_claim as claim
     set outcome = case when outcome = 'released' and $4 then 'quarantined' else 'void' end
     where lane between $2 and $3 and run_id = $1
       and case outcome
             when 'billed' then exists (select from billing.bill
                                        where bill.lane = claim.lane and bill.bill_id = claim.bill_id
                                          and bill.state = 'rejected')
             when 'released' then true
             else not $4 end`,
    [...scope, isPartlyIssued],
  );
  await tx.execute(
    `update billing.reopened_period as reopened set run_id = null
     where lane between $2 and $3 and run_id = $1
       and exists (select from billing.billing_claim as claim
                   where claim.lane = reopened.lane and claim.account_id = reopened.account_id
                     and claim.run_id = $1 and claim.outcome = 'void')`,
    scope,
  );
}

/** Whether a run of the cycle has looked at the account for the period. */
export async function isClosed(tx: Tx, lane: number, accountId: string, period: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from billing.billing_claim
     where lane = $1 and account_id = $2 and period = $3 and outcome in ('billed', 'unchanged') limit 1`,
    [lane, accountId, period],
  );
  return rows.length > 0;
}
