import { instantFromDate, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Sharing, SharingCap } from './sharing';

interface SharingRow {
  lane: number;
  sharing_id: string;
  account_id: string;
  owner_card_group_id: string;
  member_card_group_id: string;
  caps: SharingCap[];
  effective_from: Date;
  effective_to: Date | null;
}

const COLUMNS = `s.lane, s.sharing_id, s.account_id, s.owner_card_group_id, s.member_card_group_id, s.caps,
  s.effective_from, s.effective_to`;

/** Every sharing of the accounts, also ended ones, oldest first. */
export async function findSharings(
  tx: Tx,
  accounts: readonly { lane: number; accountId: string }[],
): Promise<Sharing[]> {
  if (accounts.length === 0) return [];
  const rows = await tx.query<SharingRow>(
    `select ${COLUMNS} from charging.sharing s
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id) using (lane, account_id)
     order by s.effective_from, s.sharing_id`,
    [accounts.map((account) => account.lane), accounts.map((account) => account.accountId)],
  );
  return rows.map(sharingFromRow);
}

/** Locks an account against other changes of what its products may use, and makes known that they must be read again. */
export async function lockHoldings(tx: Tx, accountId: string): Promise<void> {
  await tx.execute(
    `update charging.account set products_version = products_version + 1 where account_id = $1`,
    [accountId],
  );
}

/** Adds a sharing. */
export async function insertSharing(
  tx: Tx,
  sharing: Sharing,
  cause: { reason: string; by: string },
): Promise<void> {
  await tx.execute(
    `insert into charging.sharing (lane, sharing_id, account_id, owner_card_group_id, member_card_group_id, caps,
       effective_from, reason, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10)`,
    [
      sharing.lane,
      sharing.sharingId,
      sharing.accountId,
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
    accountId: row.account_id,
    ownerCardGroupId: row.owner_card_group_id,
    memberCardGroupId: row.member_card_group_id,
    caps: row.caps,
    effectiveFrom: instantFromDate(row.effective_from),
    effectiveTo: row.effective_to && instantFromDate(row.effective_to),
  };
}
