import { instantFromDate, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Sharing, SharingCap } from './sharing';

interface SharingRow {
  lane: number;
  sharing_id: string;
  balance_group_id: string;
  account_id: string;
  member_account_id: string;
  owner_card_group_id: string;
  member_card_group_id: string;
  caps: SharingCap[];
  effective_from: Date;
  effective_to: Date | null;
}

const COLUMNS = `s.lane, s.sharing_id, s.balance_group_id, s.account_id, s.member_account_id, s.owner_card_group_id, s.member_card_group_id, s.caps,
  s.effective_from, s.effective_to`;

/** Every sharing in the balance groups of the accounts, also ended ones, oldest first. */
export async function findSharings(
  tx: Tx,
  accounts: readonly { lane: number; balanceGroupId: string }[],
): Promise<Sharing[]> {
  if (accounts.length === 0) return [];
  const groups = [...new Map(accounts.map((account) => [account.balanceGroupId, account])).values()];
  const rows = await tx.query<SharingRow>(
    `select ${COLUMNS} from charging.sharing s
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, balance_group_id) using (lane, balance_group_id)
     order by s.effective_from, s.sharing_id`,
    [groups.map((group) => group.lane), groups.map((group) => group.balanceGroupId)],
  );
  return rows.map(sharingFromRow);
}

/** Adds a sharing. */
export async function insertSharing(
  tx: Tx,
  sharing: Sharing,
  cause: { reason: string; by: string },
): Promise<void> {
  await tx.execute(
    `insert into charging.sharing (lane, sharing_id, balance_group_id, account_id, member_account_id,
       owner_card_group_id, member_card_group_id, caps, effective_from, reason, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12)`,
    [
      sharing.lane,
      sharing.sharingId,
      sharing.balanceGroupId,
      sharing.accountId,
      sharing.memberAccountId,
      sharing.ownerCardGroupId,
      sharing.memberCardGroupId,
      JSON.stringify(sharing.caps),
      sharing.effectiveFrom,
      cause.reason,
      cause.by,
      tx.now,
    ],
  );
}

/** Says when a sharing ends. */
export async function endSharing(
  tx: Tx,
  { lane, sharingId }: Sharing,
  effectiveTo: Instant,
  cause: { reason: string; by: string },
): Promise<void> {
  await tx.execute(
    `update charging.sharing set effective_to = $3, end_reason = $4, ended_by = $5, ended_at = $6
     where lane = $1 and sharing_id = $2 and effective_to is null`,
    [lane, sharingId, effectiveTo, cause.reason, cause.by, tx.now],
  );
}

function sharingFromRow(row: SharingRow): Sharing {
  return {
    lane: row.lane,
    sharingId: row.sharing_id,
    balanceGroupId: row.balance_group_id,
    accountId: row.account_id,
    memberAccountId: row.member_account_id,
    ownerCardGroupId: row.owner_card_group_id,
    memberCardGroupId: row.member_card_group_id,
    caps: row.caps,
    effectiveFrom: instantFromDate(row.effective_from),
    effectiveTo: row.effective_to && instantFromDate(row.effective_to),
  };
}
