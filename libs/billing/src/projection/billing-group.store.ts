import type { AccountRelation } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';
import { accountKeys, wantedAccounts, type BilledAccount } from './account.store';

/** What was known of a relation before. */
export interface RelationBefore {
  /** Null when the relation is new. */
  before: AccountRelation | null;
  /** False when a later version is known. */
  isSaved: boolean;
}

/** Keeps a relation. The caller holds its accounts, so nobody else writes it. */
export async function saveRelation(
  tx: Tx,
  relation: AccountRelation,
  version: number,
): Promise<RelationBefore> {
  const { lane, relationId, ownerAccountId, memberAccountId } = relation;
  const [known] = await tx.query<{ state: AccountRelation }>(
    `select state from billing.account_relation where lane = $1 and relation_id = $2`,
    [lane, relationId],
  );
  const saved = await tx.execute(
    `insert into billing.account_relation (lane, relation_id, owner_account_id, member_account_id, version, state)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (lane, relation_id) do update
       set version = excluded.version, state = excluded.state
       where billing.account_relation.version < excluded.version`,
    [lane, relationId, ownerAccountId, memberAccountId, version, JSON.stringify(relation)],
  );
  return { before: known?.state ?? null, isSaved: saved > 0 };
}

/**
 * Makes one billing group of two. It takes the greater id: drafting goes through groups in the order of their ids, so a
 * group that a run has not come to yet stays ahead of it. Groups are never taken apart: what was billed together is
 * corrected together, also after a relation ended.
 * @returns the accounts of the group, locked in the order in which drafting locks them
 */
export async function joinGroups(tx: Tx, lane: number, accounts: readonly BilledAccount[]): Promise<string> {
  const groupIds = [...new Set(accounts.map(({ groupId }) => groupId))].sort();
  const joined = groupIds.at(-1) ?? '';
  if (groupIds.length < 2) return joined;
  await tx.query(
    `select account_id from billing.account where lane = $1 and billing_group_id = any($2::uuid[])
     order by account_id for update`,
    [lane, groupIds],
  );
  await tx.execute(
    `update billing.account set billing_group_id = $3 where lane = $1 and billing_group_id = any($2::uuid[])`,
    [lane, groupIds, joined],
  );
  return joined;
}

/** Relations that charge somebody for these accounts, or share discounts with them; ended ones too. */
export async function readRelations(tx: Tx, accounts: readonly BilledAccount[]): Promise<AccountRelation[]> {
  const rows = await tx.query<{ state: AccountRelation }>(
    `select state from billing.account_relation as relation
     join ${wantedAccounts} on wanted.lane = relation.lane and wanted.account_id = relation.member_account_id`,
    [...accountKeys(accounts)],
  );
  return rows.map((row) => row.state);
}

/** Which of some accounts a run has been through with already. */
export async function readClaimed(
  tx: Tx,
  { runId, period }: { runId: string; period: { key: string } },
  accounts: readonly BilledAccount[],
): Promise<Set<string>> {
  const rows = await tx.query<{ account_id: string }>(
    `select account_id from billing.billing_claim join ${wantedAccounts} using (lane, account_id)
     where period = $3 and run_id = $4
       and outcome in ('billed', 'unchanged', 'quarantined')`,
    [...accountKeys(accounts), period.key, runId],
  );
  return new Set(rows.map((row) => row.account_id));
}

/**
 * Has the next run look again at accounts that were billed without the other side of a relation, and at their earlier
 * periods, which this run has left alone.
 */
export async function reopenApart(
  tx: Tx,
  { runId, period }: { runId: string; period: { key: string } },
  accounts: readonly BilledAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  await tx.execute(
    `update billing.reopened_period as reopened set run_id = null from ${wantedAccounts}
     where reopened.lane = wanted.lane and reopened.account_id = wanted.account_id and run_id = $3`,
    [...accountKeys(accounts), runId],
  );
  await tx.execute(
    `insert into billing.reopened_period (lane, account_id, period, cause, reopened_at, run_id)
     select lane, account_id, $3, 'billed apart', $4, null from ${wantedAccounts} order by account_id
     on conflict (lane, account_id, period) do update
       set cause = excluded.cause, reopened_at = excluded.reopened_at, run_id = null`,
    [...accountKeys(accounts), period.key, tx.now],
  );
}
