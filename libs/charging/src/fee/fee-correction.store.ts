import type { OfferDocument } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

/** The job that brings fees to what a correction says. */
export const CORRECT_FEES = 'charging.correctFees';

/** An offer version that mends earlier ones. */
export interface OfferCorrection {
  code: string;
  version: number;
}

/** How far the accounts have been gone through, by lane and id. */
export interface CorrectionCursor {
  nextLane: number;
  /** The last account of that lane that was looked at; null: none. */
  afterAccount: string | null;
}

/** Notes a correction; false when it is known. */
export async function insertFeeCorrection(tx: Tx, { code, version }: OfferCorrection): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into charging.fee_correction (code, version, published_at) values ($1, $2, $3) on conflict do nothing`,
    [code, version, tx.now],
  );
  return inserted > 0;
}

/** Corrections that fees are still to follow, the earliest first, at most `limit`. */
export async function findOpenFeeCorrections(tx: Tx, limit: number): Promise<OfferCorrection[]> {
  return tx.query(
    `select code, version from charging.fee_correction where finished_at is null
     order by published_at, code, version limit $1`,
    [limit],
  );
}

/** Where to go on, locked; undefined when all is done, or nobody knows the correction. */
export async function lockFeeCorrection(
  tx: Tx,
  { code, version }: OfferCorrection,
): Promise<CorrectionCursor | undefined> {
  const [row] = await tx.query<{ next_lane: number; after_account: string | null }>(
    `select next_lane, after_account from charging.fee_correction
     where code = $1 and version = $2 and finished_at is null for update`,
    [code, version],
  );
  return row && { nextLane: row.next_lane, afterAccount: row.after_account };
}

/** Notes how far it has come; null: through all. */
export async function advanceFeeCorrection(
  tx: Tx,
  { code, version }: OfferCorrection,
  to: CorrectionCursor | null,
): Promise<void> {
  await tx.execute(
    `update charging.fee_correction set next_lane = coalesce($3::smallint, next_lane), after_account = $4,
       finished_at = $5 where code = $1 and version = $2`,
    [code, version, to?.nextLane ?? null, to?.afterAccount ?? null, to === null ? tx.now : null],
  );
}

/** Every version of an offer. */
export async function findOfferVersions(tx: Tx, code: string): Promise<OfferDocument[]> {
  const rows = await tx.query<{ document: OfferDocument }>(
    `select document from charging.offer where code = $1 order by version`,
    [code],
  );
  return rows.map((row) => row.document);
}

/**
 * Prepaid accounts of some lanes that hold, or held, a product or a bundle of versions of an offer, behind the cursor, by
 * lane and id, at most `limit`; with when the first of these products began.
 */
export async function findCorrectedAccounts(
  tx: Tx,
  of: { lanes: readonly number[]; code: string; versions: readonly number[] },
  page: { cursor: CorrectionCursor; limit: number },
): Promise<{ lane: number; accountId: string; since: Date }[]> {
  const isOf = (name: string) =>
    `(p.state->>'${name}Code' = $2 and (p.state->>'${name}Version')::integer = any($3::integer[]))`;
  const rows = await tx.query<{ lane: number; account_id: string; since: Date }>(
    `select a.lane, a.account_id, min((p.state->>'effectiveFrom')::timestamptz) as since
     from charging.account a join charging.product_version p on p.lane = a.lane and p.account_id = a.account_id
     where a.lane = any($1::smallint[]) and p.lane = any($1::smallint[]) and a.payment_mode = 'prepaid'
       and (a.lane, a.account_id) > ($4::smallint, $5::uuid) and (${isOf('offering')} or ${isOf('bundleOffering')})
     group by a.lane, a.account_id order by a.lane, a.account_id limit $6`,
    [
      ...[of.lanes, of.code, of.versions],
      ...[page.cursor.nextLane, page.cursor.afterAccount ?? LOWEST_ID, page.limit],
    ],
  );
  return rows.map((row) => ({ lane: row.lane, accountId: row.account_id, since: row.since }));
}

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
