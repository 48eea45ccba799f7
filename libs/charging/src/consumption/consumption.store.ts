import { billPeriodAt, columnArrays, type LocalDate, startOfLocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { ConsumptionDay, DayMoves } from './consumption';

/** A zone whose days are told, and how far. */
export interface PostingZone {
  zone: string;
  postedThrough: LocalDate;
}

/** Has the days of a zone told from now on. */
export async function insertPostingZone(tx: Tx, zone: string, postedThrough: LocalDate): Promise<void> {
  await tx.execute(
    `insert into charging.posting_zone (zone, posted_through) values ($1, $2) on conflict do nothing`,
    [zone, postedThrough],
  );
}

/** Every zone. */
export async function findPostingZones(tx: Tx): Promise<PostingZone[]> {
  const rows = await tx.query<{ zone: string; posted_through: LocalDate }>(
    `select zone, posted_through::text as posted_through from charging.posting_zone order by zone`,
  );
  return rows.map((row) => ({ zone: row.zone, postedThrough: row.posted_through }));
}

/** Records how far a zone's days are told. */
export async function savePostedThrough(tx: Tx, { zone, postedThrough }: PostingZone): Promise<void> {
  await tx.execute(
    `update charging.posting_zone set posted_through = greatest(posted_through, $2::date) where zone = $1`,
    [zone, postedThrough],
  );
}

/**
 * Days of a zone's accounts from one to another whose sums differ from what was told, at most `limit`, locked against
 * other tellers by the zone's row. What is owed beyond all funds is left out.
 */
export async function findUntold(
  tx: Tx,
  zone: string,
  days: { from: LocalDate; through: LocalDate },
  limit: number,
): Promise<ConsumptionDay[]> {
  await tx.query(`select 1 from charging.posting_zone where zone = $1 for update`, [zone]);
  const rows = await tx.query<{
    lane: number;
    account_id: string;
    local_day: LocalDate;
    version: number | null;
    bill_day: number;
    moves: DayMoves;
  }>(
    `with moved as (
       select e.lane, e.account_id, e.local_day, a.bill_day, sum(e.delta) as micro,
         case when s.sharing_id is not null
           then 'shared/' || case e.account_id when s.owner_account_id then s.member_account_id else s.owner_account_id end
           else case when e.bucket_id = e.account_id then e.kind when e.tax_class is not null then 'bonus'
             when e.kind = 'expire' then 'bonus-expired' else 'bonus-given' end || '/' || coalesce(e.tax_class, '') end as key
       from charging.money_entry e join charging.account a on a.account_id = e.account_id
       left join charging.money_sharing s on s.lane = e.lane and a.shares_money and e.kind in ('transfer-in', 'transfer-out')
         and e.reference like 'shared/%' and s.sharing_id::text = split_part(e.reference, '/', 2)
       where e.local_day between $2 and $3 and a.zone = $1 and a.payment_mode = 'prepaid'
         and e.kind <> 'overrun'
       group by 1, 2, 3, 4, 6
     ), day as (
       select lane, account_id, local_day, bill_day, jsonb_object_agg(key, micro::text order by key) as moves
       from moved group by 1, 2, 3, 4
     )
     select day.lane, day.account_id, day.local_day::text as local_day, day.bill_day, told.version, day.moves
     from day left join charging.consumption_day told using (lane, account_id, local_day)
     where told.told is distinct from day.moves
     order by day.local_day, day.lane, day.account_id limit $4`,
    [zone, days.from, days.through, limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    accountId: row.account_id,
    day: row.local_day,
    version: (row.version ?? 0) + 1,
    period: billPeriodAt(startOfLocalDate(row.local_day, zone), { billDay: row.bill_day, zone }).key,
    moves: row.moves,
  }));
}

/** Keeps what was told. */
export async function saveTold(tx: Tx, days: readonly ConsumptionDay[]): Promise<void> {
  if (days.length === 0) return;
  await tx.execute(
    `insert into charging.consumption_day (lane, account_id, local_day, version, told)
     select lane, account_id, local_day, version, told::jsonb
     from unnest($1::smallint[], $2::uuid[], $3::date[], $4::integer[], $5::text[])
       as new (lane, account_id, local_day, version, told)
     on conflict (lane, account_id, local_day) do update set version = excluded.version, told = excluded.told`,
    columnArrays(
      days,
      (day) => day.lane,
      (day) => day.accountId,
      (day) => day.day,
      (day) => day.version,
      (day) => JSON.stringify(day.moves),
    ),
  );
}
