import type {
  OfferingPublished,
  PolicyDocument,
  PolicyPublished,
  ProductState,
  UsageTotal,
} from '@ronghe/contracts';
import { instantFromDate, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { BilledAccount } from './account.store';

/**
 * Keeps a version of an offer.
 * Of a version that is published again only its end may be another; a code's facts come in the order in which they
 * were published, so the last one counts.
 */
export async function saveOffer(tx: Tx, { code, version, document }: OfferingPublished): Promise<void> {
  await tx.execute(
    `insert into billing.offer (code, version, document) values ($1, $2, $3)
     on conflict (code, version) do update set document = excluded.document`,
    [code, version, JSON.stringify(document)],
  );
}

/** Keeps a version of a policy, as saveOffer does of an offer. */
export async function savePolicy(tx: Tx, { code, version, document }: PolicyPublished): Promise<void> {
  await tx.execute(
    `insert into billing.policy (code, version, document) values ($1, $2, $3)
     on conflict (code, version) do update set document = excluded.document`,
    [code, version, JSON.stringify(document)],
  );
}

/** Every version of every policy. */
export async function readPolicies(tx: Tx): Promise<PolicyDocument[]> {
  const rows = await tx.query<{ document: PolicyDocument }>(
    `select document from billing.policy order by code, version`,
  );
  return rows.map((row) => row.document);
}

/** Keeps a product's state; false when a later version is known. */
export async function saveProduct(tx: Tx, product: ProductState, version: number): Promise<boolean> {
  const changed = await tx.execute(
    `insert into billing.product (lane, product_id, account_id, version, state) values ($1, $2, $3, $4, $5)
     on conflict (lane, product_id) do update
       set version = excluded.version, state = excluded.state
       where billing.product.version < excluded.version`,
    [product.lane, product.productId, product.accountId, version, JSON.stringify(product)],
  );
  return changed > 0;
}

/** Keeps the totals of an account and period; false when a later version is known. */
export async function saveUsageStatement(
  tx: Tx,
  account: BilledAccount,
  statement: { period: string; version: number; totals: readonly UsageTotal[] },
): Promise<boolean> {
  const changed = await tx.execute(
    `insert into billing.usage_statement (lane, account_id, period, version, totals) values ($1, $2, $3, $4, $5)
     on conflict (lane, account_id, period) do update
       set version = excluded.version, totals = excluded.totals
       where billing.usage_statement.version < excluded.version`,
    [account.lane, account.accountId, statement.period, statement.version, JSON.stringify(statement.totals)],
  );
  return changed > 0;
}

/** Moves a source's watermark forward, never back. */
export async function advanceWatermark(tx: Tx, source: string, through: Instant): Promise<void> {
  await tx.execute(
    `insert into billing.source_watermark (source, through) values ($1, $2)
     on conflict (source) do update set through = greatest(billing.source_watermark.through, excluded.through)`,
    [source, through],
  );
}

/** How far each source is closed. */
export async function readWatermarks(tx: Tx): Promise<Map<string, Instant>> {
  const rows = await tx.query<{ source: string; through: Date }>(
    `select source, through from billing.source_watermark`,
  );
  return new Map(rows.map((row) => [row.source, instantFromDate(row.through)]));
}

/**
 * Reopens the account's periods from `fromPeriod` (to `toPeriod`, where given) that have been billed, so that the
 * next run writes the difference; and the same periods of the other accounts of its billing group, whose discounts, prices and transfers
 * depend on what this one owns and owes. The caller holds the account with `shareAccount`: a group is drafted in one
 * transaction that holds all its accounts, so that is enough.
 */
export async function reopenPeriods(
  tx: Tx,
  account: BilledAccount,
  change: { fromPeriod: string; toPeriod: string | null; cause: string },
): Promise<void> {
  const { lane, accountId, groupId, cycle } = account;
  await tx.execute(
    `with own as (
       select distinct period from billing.billing_claim
       where lane = $1 and account_id = $2 and outcome in ('billed', 'unchanged')
         and period >= $3 and ($4::text is null or period <= $4)
     )
     insert into billing.reopened_period (lane, account_id, period, cause, reopened_at, run_id)
     select distinct claim.lane, claim.account_id, period, $5, $6::timestamptz, null::uuid
     from own
     join billing.account as member on member.bill_day = $7 and member.zone = $8 and member.lane = $1
                                   and member.billing_group_id = $9
     join billing.billing_claim as claim using (lane, account_id, period)
     where outcome in ('billed', 'unchanged')
     order by 2, 3
     on conflict (lane, account_id, period) do update
       set cause = excluded.cause, reopened_at = excluded.reopened_at, run_id = null`,
    [
      lane,
      accountId,
      change.fromPeriod,
      change.toPeriod,
      change.cause,
      tx.now,
      cycle.billDay,
      cycle.zone,
      groupId,
    ],
  );
}
