import type { OfferDocument } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

/** An offer version that mends earlier ones. */
export interface Correction {
  code: string;
  version: number;
}

/** Notes a correction; false when it is known. */
export async function insertCorrection(tx: Tx, { code, version }: Correction): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into billing.correction (code, version, published_at) values ($1, $2, $3) on conflict do nothing`,
    [code, version, tx.now],
  );
  return inserted > 0;
}

/** Corrections for which periods are still to be opened, the earliest first, at most `limit`. */
export async function findOpenCorrections(tx: Tx, limit: number): Promise<Correction[]> {
  return tx.query(
    `select code, version from billing.correction where finished_at is null order by published_at, code, version limit $1`,
    [limit],
  );
}

/** The first lane that is still to be looked at, locked; undefined when all have been, or nobody knows the correction. */
export async function lockNextLane(tx: Tx, { code, version }: Correction): Promise<number | undefined> {
  const [row] = await tx.query<{ next_lane: number }>(
    `select next_lane from billing.correction where code = $1 and version = $2 and finished_at is null for update`,
    [code, version],
  );
  return row?.next_lane;
}

/** Moves a correction behind the lanes that have been looked at. */
export async function advanceCorrection(
  tx: Tx,
  { code, version }: Correction,
  to: { nextLane: number; isLast: boolean },
): Promise<void> {
  await tx.execute(
    `update billing.correction set next_lane = $3, finished_at = $4 where code = $1 and version = $2`,
    [code, version, to.nextLane, to.isLast ? tx.now : null],
  );
}

/** Every version of an offer. */
export async function findVersions(tx: Tx, code: string): Promise<OfferDocument[]> {
  const rows = await tx.query<{ document: OfferDocument }>(
    `select document from billing.offer where code = $1 order by version`,
    [code],
  );
  return rows.map((row) => row.document);
}

/**
 * Opens every billed period of the accounts of some lanes that hold, or held, a product of mended versions, and of their
 * billing groups: the next run writes what differs. Accounts are held in the order in which runs lock them, so a run
 * that drafts them now is waited for, or waits.
 */
export async function reopenForVersions(
  tx: Tx,
  { lanes, code, versions }: { lanes: readonly number[]; code: string; versions: readonly number[] },
  cause: string,
): Promise<void> {
  const isIn = (terms: string, name: string) =>
    `(${terms}->>'${name}Code' = $2 and (${terms}->>'${name}Version')::integer = any($3::integer[]))`;
  const isOf = (name: string) =>
    `(${isIn('state', name)} or exists (
       select from jsonb_array_elements(coalesce(state->'earlierTerms', '[]'::jsonb)) as earlier
       where ${isIn('earlier', name)}))`;
  const held = await tx.query<{ account_id: string }>(
    `select account_id from billing.account where account_id in (
       select account_id from billing.product
       where lane = any($1::smallint[]) and (${isOf('offering')} or ${isOf('bundleOffering')}))
     order by account_id for share`,
    [lanes, code, versions],
  );
  if (held.length === 0) return;
  await tx.execute(
    `insert into billing.reopened_period (lane, account_id, period, cause, reopened_at, run_id)
     select distinct claim.lane, claim.account_id, claim.period, $3, $4::timestamptz, null::uuid
     from billing.account as held
     join billing.account as member using (bill_day, zone, lane, billing_group_id)
     join billing.billing_claim as claim on claim.lane = member.lane and claim.account_id = member.account_id
     where held.account_id = any($1::uuid[]) and claim.lane = any($2::smallint[])
       and claim.outcome in ('billed', 'unchanged')
     order by 2, 3
     on conflict (lane, account_id, period) do update
       set cause = excluded.cause, reopened_at = excluded.reopened_at, run_id = null`,
    [held.map((row) => row.account_id), lanes, cause, tx.now],
  );
}
