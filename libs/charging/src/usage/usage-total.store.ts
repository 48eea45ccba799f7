import type { UsageTotal } from '@ronghe/contracts';
import {
  addAmounts,
  type Amount,
  amountFromMicro,
  columnArrays,
  groupBy,
  idFloorAt,
  type Instant,
  localDateOf,
  zeroAmount,
} from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { planByKeys } from '../plan-by-keys.store';
import { chargePurses } from '../money/usage-charge.store';
import { raiseCapNotices, raiseSpendNotices, type Spending } from '../notice/notice.store';
import { findDefaultCap, findReachedCaps } from '../spend-cap/spend-cap.store';
import { markTotals, takeMark } from './totals-mark.store';
import { sumChanges, touchedBy, toUsageTotal, type AccountPeriod, type TotalChange } from './usage-totals';

/** The zone whose day says which policy is in force. */
const OPERATOR_ZONE = 'Asia/Shanghai';

interface TotalRow {
  lane: number;
  account_id: string;
  period: string;
  product_id: string;
  charge_code: string;
  offering_code: string;
  offering_version: number;
  card: string;
  charge_class: string;
  tax_class: string;
  unit: string;
  amount: string;
  event_count: number;
  units_total: string;
  units_from_allowance: string;
  units_charged: string;
}

/**
 * Adds changes to their totals and publishes the complete totals of every (account, period) that changed, once per
 * transaction and with a version that goes up. What prepaid accounts have used is taken from their money.
 */
export async function publishTotals(
  tx: Tx,
  changes: readonly TotalChange[],
  reference = 'usage',
): Promise<void> {
  const sums = sumChanges(changes);
  if (sums.length === 0) return;
  // Money before totals, as online batches lock them.
  await chargePurses(tx, sums, reference);
  await addToTotals(tx, sums);
  await publish(tx, touchedBy(sums));
}

/**
 * Adds changes to their totals and leaves the publication of these, and of what else changed, to `publishPendingTotals`: where
 * totals change with every session, they are told together.
 */
export function addPendingTotals(
  tx: Tx,
  changes: readonly TotalChange[],
  changed: readonly AccountPeriod[],
): Promise<unknown> {
  return Promise.all([addToTotals(tx, sumChanges(changes)), markTotals(tx, changed)]);
}

/** Publishes the totals that a mark names, if nobody else has. */
export async function publishPendingTotals(tx: Tx, markId: string): Promise<void> {
  await planByKeys(tx);
  await publish(tx, await takeMark(tx, markId));
}

/**
 * Whether any total waits to be published and may be now. While files are collected they would change again at once, so
 * they wait for the file's end, which publishes them, but no longer than since `patientSince`: a large file tells its totals
 * now and then, not all the time.
 */
export async function hasPendingTotals(tx: Tx, patientSince: Instant): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from charging.totals_mark
     where mark_id < $1 or not exists (select from charging.usage_file where state = 'collecting') limit 1`,
    [idFloorAt(patientSince)],
  );
  return rows.length > 0;
}

async function publish(tx: Tx, touched: readonly AccountPeriod[]): Promise<void> {
  if (touched.length === 0) return;
  const versions = await nextVersions(tx, touched);
  const totals = await findStored(tx, touched);
  await raiseSpendNotices(
    tx,
    touched.map((each) => spendingOf(each, totals)),
  );
  const defaultCap = await findDefaultCap(tx, localDateOf(tx.now, OPERATOR_ZONE));
  await raiseCapNotices(tx, await findReachedCaps(tx, touched, defaultCap));
  for (const [aggregateId, version] of versions) {
    const { accountId, period, lane } = version;
    tx.emit('usage-totals.published.v1', {
      aggregateId,
      lane,
      version: version.version,
      payload: { accountId, period, totals: (totals.get(aggregateId) ?? []).map(toUsageTotal) },
    });
  }
}

/** The complete totals by `accountId/period`. */
export async function findTotals(tx: Tx, of: readonly AccountPeriod[]): Promise<Map<string, UsageTotal[]>> {
  const stored = await findStored(tx, of);
  return new Map([...stored].map(([id, totals]) => [id, totals.map(toUsageTotal)]));
}

async function findStored(tx: Tx, of: readonly AccountPeriod[]): Promise<Map<string, TotalChange[]>> {
  const rows = await tx.query<TotalRow>(
    `select t.* from unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, account_id, period)
     cross join lateral (select * from charging.usage_sum s
       where s.lane = wanted.lane and s.account_id = wanted.account_id and s.period = wanted.period
       -- Kept apart, so that the sum is made of this account's only.
       offset 0) as t
     order by t.account_id, t.period, t.charge_code, t.card, t.offering_code, t.offering_version`,
    keyArrays(of),
  );
  const groups = groupBy(rows, (row) => `${row.account_id}/${row.period}`);
  return new Map([...groups].map(([id, members]) => [id, members.map(totalFromRow)]));
}

function spendingOf(
  { lane, accountId, period }: AccountPeriod,
  totals: ReadonlyMap<string, TotalChange[]>,
): Spending {
  const byProduct = new Map<string, Amount>();
  for (const { productId, amount } of totals.get(`${accountId}/${period}`) ?? [])
    byProduct.set(productId, addAmounts(byProduct.get(productId) ?? zeroAmount, amount));
  return { lane, accountId, period, byProduct };
}

const ADD_TO_TOTALS: Statement = {
  name: 'charging-add-totals',
  text: `insert into charging.usage_total as total (lane, account_id, period, product_id, charge_code, offering_code,
       offering_version, card, charge_class, tax_class, unit, amount, event_count, units_total, units_from_allowance,
       units_charged)
     select * from unnest($1::smallint[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::integer[],
       $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::integer[], $14::bigint[], $15::bigint[],
       $16::bigint[])
     on conflict (lane, account_id, period, product_id, charge_code, offering_code, offering_version)
     do update set amount = total.amount + excluded.amount, event_count = total.event_count + excluded.event_count,
       units_total = total.units_total + excluded.units_total,
       units_from_allowance = total.units_from_allowance + excluded.units_from_allowance,
       units_charged = total.units_charged + excluded.units_charged`,
};

/** Adds changes, one for each total, ordered by key. */
export async function addToTotals(tx: Tx, sums: readonly TotalChange[]): Promise<void> {
  if (sums.length === 0) return;
  await prepared(tx, ADD_TO_TOTALS, [
    ...keyArrays(sums),
    ...columnArrays(
      sums,
      (sum) => sum.productId,
      (sum) => sum.chargeCode,
      (sum) => sum.offeringCode,
      (sum) => sum.offeringVersion,
      (sum) => sum.card,
      (sum) => sum.chargeClass,
      (sum) => sum.taxClass,
      (sum) => sum.unit,
      (sum) => sum.amount,
      (sum) => sum.eventCount,
      (sum) => sum.unitsTotal,
      (sum) => sum.unitsFromAllowance,
      (sum) => sum.unitsCharged,
    ),
  ]);
}

async function nextVersions(
  tx: Tx,
  touched: readonly AccountPeriod[],
): Promise<Map<string, AccountPeriod & { version: number }>> {
  const rows = await tx.query<{ lane: number; account_id: string; period: string; version: number }>(
    `insert into charging.account_period as known (lane, account_id, period, version)
     select *, 1 from unnest($1::smallint[], $2::uuid[], $3::text[])
     on conflict (lane, account_id, period) do update set version = known.version + 1
     returning lane, account_id, period, version`,
    keyArrays(touched),
  );
  return new Map(
    rows.map((row) => [
      `${row.account_id}/${row.period}`,
      { lane: row.lane, accountId: row.account_id, period: row.period, version: row.version },
    ]),
  );
}

function keyArrays(keys: readonly AccountPeriod[]): string[] {
  return columnArrays(
    keys,
    (key) => key.lane,
    (key) => key.accountId,
    (key) => key.period,
  );
}

function totalFromRow(row: TotalRow): TotalChange {
  return {
    lane: row.lane,
    accountId: row.account_id,
    period: row.period,
    productId: row.product_id,
    card: row.card,
    chargeCode: row.charge_code,
    chargeClass: row.charge_class,
    taxClass: row.tax_class,
    offeringCode: row.offering_code,
    offeringVersion: row.offering_version,
    unit: row.unit,
    amount: amountFromMicro(BigInt(row.amount)),
    eventCount: row.event_count,
    unitsTotal: BigInt(row.units_total),
    unitsFromAllowance: BigInt(row.units_from_allowance),
    unitsCharged: BigInt(row.units_charged),
  };
}
