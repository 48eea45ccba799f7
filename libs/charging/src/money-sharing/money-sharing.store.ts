import { amountFromMicro, columnArrays } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { raiseSharedMoneyNotices } from '../notice/notice.store';
import { shareUseId, type MoneyShareUse, type MoneySharing, type ShareUseChange } from './money-sharing';

interface SharingRow {
  lane: number;
  sharing_id: string;
  balance_group_id: string;
  owner_account_id: string;
  member_account_id: string;
  cap: string | null;
  from_period: string;
  to_period: string | null;
}

/** Every sharing of money in the balance groups of the accounts, also ended ones, oldest first. */
export async function findMoneySharings(
  tx: Tx,
  accounts: readonly { lane: number; accountId: string }[],
): Promise<MoneySharing[]> {
  if (accounts.length === 0) return [];
  const rows = await tx.query<SharingRow>(
    `select s.lane, s.sharing_id, s.balance_group_id, s.owner_account_id, s.member_account_id, s.cap, s.from_period, s.to_period
     from charging.money_sharing s
     where (s.lane, s.balance_group_id) in (
       select a.lane, a.balance_group_id from charging.account a
       join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id) using (account_id))
     order by s.from_period, s.sharing_id`,
    columnArrays(
      accounts,
      (account) => account.lane,
      (account) => account.accountId,
    ),
  );
  return rows.map((row) => ({
    lane: row.lane,
    sharingId: row.sharing_id,
    balanceGroupId: row.balance_group_id,
    ownerAccountId: row.owner_account_id,
    memberAccountId: row.member_account_id,
    cap: row.cap === null ? null : amountFromMicro(BigInt(row.cap)),
    fromPeriod: row.from_period,
    toPeriod: row.to_period,
  }));
}

/** Adds a sharing and has both accounts looked up with theirs from now on. */
export async function insertMoneySharing(
  tx: Tx,
  sharing: MoneySharing,
  cause: { reason: string; by: string },
): Promise<void> {
  await tx.execute(
    `insert into charging.money_sharing (lane, sharing_id, balance_group_id, owner_account_id, member_account_id, cap,
       from_period, reason, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      sharing.lane,
      sharing.sharingId,
      sharing.balanceGroupId,
      sharing.ownerAccountId,
      sharing.memberAccountId,
      sharing.cap?.toString() ?? null,
      sharing.fromPeriod,
      cause.reason,
      cause.by,
      tx.now,
    ],
  );
  await tx.execute(`update charging.account set shares_money = true where account_id = any($1::uuid[])`, [
    [sharing.ownerAccountId, sharing.memberAccountId],
  ]);
}

/** Says when a sharing ends. */
export async function endMoneySharing(
  tx: Tx,
  { lane, sharingId }: MoneySharing,
  toPeriod: string,
  cause: { reason: string; by: string },
): Promise<void> {
  await tx.execute(
    `update charging.money_sharing set to_period = $3, end_reason = $4, ended_by = $5, ended_at = $6
     where lane = $1 and sharing_id = $2 and to_period is null`,
    [lane, sharingId, toPeriod, cause.reason, cause.by, tx.now],
  );
}

/** What sharings paid in periods, by `shareUseId`; read it under the lock of the owners' purses. */
export async function findShareUses(
  tx: Tx,
  sharings: readonly MoneySharing[],
  periods: readonly string[],
): Promise<Map<string, MoneyShareUse>> {
  if (sharings.length === 0 || periods.length === 0) return new Map();
  const rows = await tx.query<{ sharing_id: string; period: string; used: string; reserved: string }>(
    `select sharing_id, period, used, reserved from charging.money_share_use
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, sharing_id) using (lane, sharing_id)
     where period = any($3::text[])`,
    [
      ...columnArrays(
        sharings,
        (sharing) => sharing.lane,
        (sharing) => sharing.sharingId,
      ),
      [...periods],
    ],
  );
  return new Map(
    rows.map((row) => {
      const use = {
        sharingId: row.sharing_id,
        period: row.period,
        used: amountFromMicro(BigInt(row.used)),
        reserved: amountFromMicro(BigInt(row.reserved)),
      };
      return [shareUseId(use), use];
    }),
  );
}

/** Writes what sharings paid, and tells both sides of a cap that is being used up. */
export async function saveShareUses(tx: Tx, changes: readonly ShareUseChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.execute(
    `insert into charging.money_share_use (lane, sharing_id, period, used, reserved)
     select * from unnest($1::smallint[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[])
     on conflict (lane, sharing_id, period) do update set used = excluded.used, reserved = excluded.reserved`,
    columnArrays(
      changes,
      ({ sharing }) => sharing.lane,
      ({ after }) => after.sharingId,
      ({ after }) => after.period,
      ({ after }) => after.used,
      ({ after }) => after.reserved,
    ),
  );
  await raiseSharedMoneyNotices(tx, changes);
}

/** The accounts that may use an account's money; none where it shares none. */
export async function findMoneySharers(
  tx: Tx,
  account: { lane: number; accountId: string; sharesMoney: boolean },
): Promise<{ lane: number; accountId: string }[]> {
  if (!account.sharesMoney) return [];
  const sharings = await findMoneySharings(tx, [account]);
  return sharings
    .filter(({ ownerAccountId }) => ownerAccountId === account.accountId)
    .map(({ lane, memberAccountId }) => ({ lane, accountId: memberAccountId }));
}
