import { amountFromMicro, columnArrays, newId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { CardGroupKey } from './rerating';
import type { ChargeDelta, ChargeSum, GroupDelta, ReportedDelta, ReportedGroup } from './rerating-delta';

interface GroupRow {
  lane: number;
  card_group_id: string;
  period: string;
  account_id: string;
  events: number;
  changed: number;
  bucket_moves: number;
  amount_before: string;
  amount_after: string;
  revisions: string;
  problem: string | null;
}

interface DeltaRow {
  lane: number;
  delta_id: string;
  card_group_id: string;
  period: string;
  account_id: string;
  product_id: string;
  card: string;
  charge_code: string;
  priced_before: string;
  priced_after: string;
  changed: number;
  units_before: string;
  units_after: string;
  amount_before: string;
  amount_after: string;
}

/** Adds periods to a report. `recomputed`: they came out otherwise while being applied. */
export async function insertGroups(
  tx: Tx,
  reratingId: string,
  groups: readonly ReportedGroup[],
  options: { recomputed: boolean } = { recomputed: false },
): Promise<void> {
  if (groups.length === 0) return;
  await tx.execute(
    `insert into charging.rerating_group (lane, rerating_id, card_group_id, period, account_id, events, changed,
       bucket_moves, amount_before, amount_after, revisions, problem, recomputed)
     select lane, $12::uuid, card_group_id, period, account_id, events, changed, bucket_moves, amount_before,
       amount_after, revisions, problem, $13::boolean
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::uuid[], $5::integer[], $6::integer[], $7::integer[],
       $8::bigint[], $9::bigint[], $10::bigint[], $11::text[]) as new (lane, card_group_id, period, account_id, events,
       changed, bucket_moves, amount_before, amount_after, revisions, problem)`,
    [
      ...columnArrays(
        groups,
        (group) => group.lane,
        (group) => group.cardGroupId,
        (group) => group.period,
        (group) => group.accountId,
        (group) => group.events,
        (group) => group.changed,
        (group) => group.bucketMoves,
        (group) => group.before,
        (group) => group.after,
        (group) => group.revisions,
        (group) => group.problem,
      ),
      reratingId,
      options.recomputed,
    ],
  );
}

/** Adds charges to a report, in the order in which pages show them. */
export async function insertDeltas(
  tx: Tx,
  reratingId: string,
  deltas: readonly ChargeDelta[],
): Promise<void> {
  if (deltas.length === 0) return;
  await tx.execute(
    `insert into charging.rerating_delta (lane, rerating_id, delta_id, card_group_id, period, account_id, product_id,
       card, charge_code, priced_before, priced_after, changed, units_before, units_after, amount_before, amount_after)
     select lane, $16::uuid, delta_id, card_group_id, period, account_id, product_id, card, charge_code, priced_before,
       priced_after, changed, units_before, units_after, amount_before, amount_after
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::integer[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[]) as new (lane,
       delta_id, card_group_id, period, account_id, product_id, card, charge_code, priced_before, priced_after, changed,
       units_before, units_after, amount_before, amount_after)`,
    [
      ...columnArrays(
        deltas,
        (delta) => delta.lane,
        () => newId(),
        (delta) => delta.cardGroupId,
        (delta) => delta.period,
        (delta) => delta.accountId,
        (delta) => delta.productId,
        (delta) => delta.card,
        (delta) => delta.chargeCode,
        (delta) => delta.pricedBefore,
        (delta) => delta.pricedAfter,
        (delta) => delta.changed,
        (delta) => delta.unitsBefore,
        (delta) => delta.unitsAfter,
        (delta) => delta.before,
        (delta) => delta.after,
      ),
      reratingId,
    ],
  );
}

/** Forgets a report, to make it anew. */
export async function deleteReport(tx: Tx, reratingId: string): Promise<void> {
  await tx.execute(`delete from charging.rerating_delta where rerating_id = $1`, [reratingId]);
  await tx.execute(`delete from charging.rerating_group where rerating_id = $1`, [reratingId]);
}

/** Forgets what a report says of card groups that came out otherwise; nothing of it was applied. */
export async function deleteGroups(
  tx: Tx,
  reratingId: string,
  groups: readonly CardGroupKey[],
): Promise<void> {
  if (groups.length === 0) return;
  const parameters = [reratingId, ...groupArrays(groups)];
  const wanted = `unnest($2::smallint[], $3::uuid[]) as wanted (lane, card_group_id)`;
  for (const table of ['rerating_delta', 'rerating_group'] as const) {
    await tx.execute(
      `delete from charging.${table} d using ${wanted}
       where d.rerating_id = $1 and d.lane = wanted.lane and d.card_group_id = wanted.card_group_id`,
      parameters,
    );
  }
}

/** Decides anew about what came out otherwise while being applied before. */
export async function acceptRecomputed(tx: Tx, reratingId: string): Promise<void> {
  await tx.execute(
    `update charging.rerating_group set recomputed = false where rerating_id = $1 and recomputed`,
    [reratingId],
  );
}

const PENDING = `rerating_id = $1 and applied_at is null and problem is null and not recomputed`;

/** How many card groups are to be applied. */
export async function countPending(tx: Tx, reratingId: string): Promise<number> {
  const [row] = await tx.query<{ count: string }>(
    `select count(*) as count from
       (select distinct lane, card_group_id from charging.rerating_group where ${PENDING}) as pending`,
    [reratingId],
  );
  return Number(row?.count ?? 0);
}

/** The periods of the next card groups to be applied, all of each group. */
export async function findPending(tx: Tx, reratingId: string, groupLimit: number): Promise<GroupDelta[]> {
  const rows = await tx.query<GroupRow>(
    `select g.* from charging.rerating_group g join (
       select distinct lane, card_group_id from charging.rerating_group where ${PENDING}
       order by lane, card_group_id limit $2) as next using (lane, card_group_id)
     where ${PENDING} order by g.lane, g.card_group_id, g.period`,
    [reratingId, groupLimit],
  );
  return rows.map(groupFromRow);
}

/** Notes that periods were applied. */
export async function markApplied(
  tx: Tx,
  reratingId: string,
  groups: readonly CardGroupKey[],
): Promise<void> {
  if (groups.length === 0) return;
  await tx.execute(
    `update charging.rerating_group g set applied_at = $4
     from unnest($2::smallint[], $3::uuid[]) as done (lane, card_group_id)
     where g.rerating_id = $1 and g.lane = done.lane and g.card_group_id = done.card_group_id and problem is null`,
    [reratingId, ...groupArrays(groups), tx.now],
  );
}

/** Whether anything was rated in the reported periods since, other than by applying the report. */
export async function hasMoved(tx: Tx, reratingId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from charging.rerating_group g
     where rerating_id = $1 and applied_at is null and problem is null
       and (g.events, g.revisions) <> (
       select count(*)::integer, coalesce(sum(u.revision), 0)::bigint from charging.rated_usage u
       where u.lane = g.lane and u.card_group_id = g.card_group_id and u.period = g.period) limit 1`,
    [reratingId],
  );
  return rows.length > 0;
}

/** A page of a report's charges, in the order in which they were computed. */
export async function findDeltas(
  tx: Tx,
  reratingId: string,
  page: { accountId: string | null; after: string | null; limit: number },
): Promise<ReportedDelta[]> {
  const rows = await tx.query<DeltaRow>(
    `select * from charging.rerating_delta where rerating_id = $1 and ($2::uuid is null or account_id = $2)
       and ($3::uuid is null or delta_id > $3) order by delta_id limit $4`,
    [reratingId, page.accountId, page.after, page.limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    deltaId: row.delta_id,
    cardGroupId: row.card_group_id,
    period: row.period,
    accountId: row.account_id,
    productId: row.product_id,
    card: row.card,
    chargeCode: row.charge_code,
    pricedBefore: row.priced_before,
    pricedAfter: row.priced_after,
    changed: row.changed,
    unitsBefore: BigInt(row.units_before),
    unitsAfter: BigInt(row.units_after),
    before: amountFromMicro(BigInt(row.amount_before)),
    after: amountFromMicro(BigInt(row.amount_after)),
  }));
}

/** What the changed charges come to by price, the largest change first; at most `limit`. */
export async function sumByCharge(tx: Tx, reratingId: string, limit: number): Promise<ChargeSum[]> {
  const rows = await tx.query<{ charge_code: string; changed: string; before: string; after: string }>(
    `select charge_code, sum(changed) as changed, sum(amount_before) as before, sum(amount_after) as after
     from charging.rerating_delta where rerating_id = $1 group by charge_code
     order by abs(sum(amount_after - amount_before)) desc, charge_code limit $2`,
    [reratingId, limit],
  );
  return rows.map((row) => ({
    chargeCode: row.charge_code,
    changed: Number(row.changed),
    before: BigInt(row.before),
    after: BigInt(row.after),
  }));
}

/** Periods that cannot be rated, with the reason; at most `limit`. */
export async function findProblems(tx: Tx, reratingId: string, limit: number): Promise<ReportedGroup[]> {
  const rows = await tx.query<GroupRow>(
    `select * from charging.rerating_group where rerating_id = $1 and problem is not null
     order by lane, card_group_id, period limit $2`,
    [reratingId, limit],
  );
  return rows.map((row) => ({ ...groupFromRow(row), problem: row.problem }));
}

function groupFromRow(row: GroupRow): GroupDelta {
  return {
    lane: row.lane,
    cardGroupId: row.card_group_id,
    period: row.period,
    accountId: row.account_id,
    events: row.events,
    changed: row.changed,
    bucketMoves: row.bucket_moves,
    before: amountFromMicro(BigInt(row.amount_before)),
    after: amountFromMicro(BigInt(row.amount_after)),
    revisions: Number(row.revisions),
  };
}

function groupArrays(groups: readonly CardGroupKey[]): string[] {
  return columnArrays(
    groups,
    (group) => group.lane,
    (group) => group.cardGroupId,
  );
}
