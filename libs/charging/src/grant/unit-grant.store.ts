import type { LocalizedText, UsageClass, UsageUnit } from '@ronghe/contracts';
import { instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { UnitGrant } from './unit-grant';

interface GrantRow {
  lane: number;
  grant_id: string;
  account_id: string;
  card_group_id: string;
  owner_product_id: string;
  offering_code: string;
  offering_version: number;
  product_id: string | null;
  label: LocalizedText;
  usage_classes: UsageClass[];
  unit: UsageUnit;
  quantity: string;
  valid_from: Date;
  valid_to: Date;
  priority: number;
}

/** All that was ever given to the accounts, oldest first. */
export async function findUnitGrants(
  tx: Tx,
  accounts: readonly { lane: number; accountId: string }[],
): Promise<UnitGrant[]> {
  if (accounts.length === 0) return [];
  const rows = await tx.query<GrantRow>(
    `select g.* from charging.unit_grant g
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id) using (lane, account_id)
     order by g.valid_from, g.grant_id`,
    [accounts.map((account) => account.lane), accounts.map((account) => account.accountId)],
  );
  return rows.map(grantFromRow);
}

/** Adds a grant. */
export async function insertUnitGrant(
  tx: Tx,
  grant: UnitGrant,
  cause: { reason: string; by: string },
): Promise<void> {
  await tx.execute(
    `insert into charging.unit_grant (lane, grant_id, account_id, card_group_id, owner_product_id, offering_code,
       offering_version, product_id, label, usage_classes, unit, quantity, valid_from, valid_to, priority, reason,
       recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      grant.lane,
      grant.grantId,
      grant.accountId,
      grant.cardGroupId,
      grant.ownerProductId,
      grant.offeringCode,
      grant.offeringVersion,
      grant.productId,
      JSON.stringify(grant.label),
      grant.usageClasses,
      grant.unit,
      grant.quantity.toString(),
      grant.validFrom,
      grant.validTo,
      grant.priority,
      cause.reason,
      cause.by,
      tx.now,
    ],
  );
}

function grantFromRow(row: GrantRow): UnitGrant {
  return {
    lane: row.lane,
    grantId: row.grant_id,
    accountId: row.account_id,
    cardGroupId: row.card_group_id,
    ownerProductId: row.owner_product_id,
    offeringCode: row.offering_code,
    offeringVersion: row.offering_version,
    productId: row.product_id,
    label: row.label,
    usageClasses: row.usage_classes,
    unit: row.unit,
    quantity: BigInt(row.quantity),
    validFrom: instantFromDate(row.valid_from),
    validTo: instantFromDate(row.valid_to),
    priority: row.priority,
  };
}
