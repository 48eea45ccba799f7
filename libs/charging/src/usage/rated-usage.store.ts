import type { UsageClass, UsageUnit } from '@ronghe/contracts';
import {
  amountFromMicro,
  bigints,
  binaryArrays,
  binaryRows,
  booleans,
  columnArrays,
  instantFromDate,
  instants,
  integers,
  jsons,
  LANE_COUNT,
  smallints,
  texts,
  uuids,
  type BinaryColumn,
} from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { GroupPeriodKey } from '../balance/group-period';
import { partsFromJson, partsToJson, type PartJson } from './rated-parts';
import {
  takesFromJson,
  takesToJson,
  type RatingOutcome,
  type StoredUsage,
  type UsageFact,
} from './rated-usage';

/** A row of rated usage as pg reads it. */
export interface UsageRow {
  lane: number;
  usage_id: string;
  account_id: string;
  card_group_id: string;
  period: string;
  product_id: string;
  card: string;
  source: string;
  record_id: string;
  file_id: string | null;
  is_late: boolean;
  used_at: Date;
  usage_class: UsageClass;
  peer: string | null;
  quantity: string;
  prerated_amount: string | null;
  offering_code: string;
  offering_version: number;
  booked_product_id: string;
  booked_card: string;
  charge_code: string;
  charge_class: string;
  tax_class: string;
  counter_key: string;
  unit: UsageUnit;
  units_total: string;
  units_charged: string;
  takes: [string, string][];
  amount: string;
  zeroed_by_cap: boolean;
  parts: PartJson[] | null;
  revision: number;
}

/** In the order of charging.rated_usage_row. */
const factColumns: readonly BinaryColumn<UsageFact>[] = [
  smallints((fact) => fact.lane),
  uuids((fact) => fact.usageId),
  uuids((fact) => fact.accountId),
  uuids((fact) => fact.cardGroupId),
  texts((fact) => fact.period),
  uuids((fact) => fact.productId),
  texts((fact) => fact.card),
  texts((fact) => fact.source),
  texts((fact) => fact.recordId),
  uuids((fact) => fact.fileId),
  booleans((fact) => fact.isLate),
  instants((fact) => fact.usedAt),
  texts((fact) => fact.usageClass),
  texts((fact) => fact.peer),
  bigints((fact) => fact.quantity),
  bigints((fact) => fact.preratedAmount),
];

/** Columns of what it came to. */
export const OUTCOME_COLUMNS = `offering_code, offering_version, booked_product_id, booked_card, charge_code, charge_class,
  tax_class, counter_key, unit, units_total, units_charged, takes, amount, zeroed_by_cap, parts`;

const outcomeColumns: readonly BinaryColumn<RatingOutcome>[] = [
  texts((outcome) => outcome.offeringCode),
  integers((outcome) => outcome.offeringVersion),
  uuids((outcome) => outcome.bookedProductId),
  texts((outcome) => outcome.bookedCard),
  texts((outcome) => outcome.chargeCode),
  texts((outcome) => outcome.chargeClass),
  texts((outcome) => outcome.taxClass),
  texts((outcome) => outcome.counterKey),
  texts((outcome) => outcome.unit),
  bigints((outcome) => outcome.unitsTotal),
  bigints((outcome) => outcome.unitsCharged),
  jsons((outcome) => takesToJson(outcome.takes)),
  bigints((outcome) => outcome.amount),
  booleans((outcome) => outcome.zeroedByCap),
  jsons((outcome) => partsToJson(outcome.parts)),
];

const usageColumns: readonly BinaryColumn<UsageFact & RatingOutcome>[] = [...factColumns, ...outcomeColumns];

/** Columns of what was used. */
export const FACT_COLUMNS = `lane, usage_id, account_id, card_group_id, period, product_id, card, source, record_id, file_id,
  is_late, used_at, usage_class, peer, quantity, prerated_amount`;

const INSERT_USAGE: Statement = {
  name: 'charging-insert-usage',
  text: `insert into charging.rated_usage (${FACT_COLUMNS}, ${OUTCOME_COLUMNS}, rated_at)
     select ${FACT_COLUMNS}, ${OUTCOME_COLUMNS}, $2::timestamptz from unnest($1::charging.rated_usage_row[])`,
};

const nothing = Promise.resolve();

/** Writes newly rated usage in one statement; thousands of rows are copied (rated-usage-rows.store.ts). @throws DomainError `value_out_of_range`, at once */
export function insertRatedUsage(tx: Tx, usages: readonly (UsageFact & RatingOutcome)[]): Promise<unknown> {
  if (usages.length === 0) return nothing;
  return prepared(tx, INSERT_USAGE, [binaryRows(usages, usageColumns), tx.now]);
}

const UPDATE_USAGE: Statement = {
  name: 'charging-update-usage',
  text: `update charging.rated_usage u set (${OUTCOME_COLUMNS}) = (select new.offering_code, new.offering_version,
         new.booked_product_id, new.booked_card, new.charge_code, new.charge_class, new.tax_class, new.counter_key,
         new.unit, new.units_total, new.units_charged, new.takes, new.amount, new.zeroed_by_cap, new.parts),
       quantity = new.quantity, prerated_amount = new.prerated_amount, revision = u.revision + 1, rated_at = $20
     from unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::integer[], $6::uuid[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::jsonb[], $16::bigint[],
       $17::boolean[], $18::jsonb[], $19::bigint[]) as new (lane, usage_id, quantity, ${OUTCOME_COLUMNS}, prerated_amount)
     where u.lane = new.lane and u.usage_id = new.usage_id`,
};

/** Writes what rating again found, and for an online session its new quantity; each row's revision goes up. */
export function updateRatedUsage(tx: Tx, usages: readonly (UsageFact & RatingOutcome)[]): Promise<unknown> {
  if (usages.length === 0) return nothing;
  return prepared(tx, UPDATE_USAGE, [
    ...binaryArrays<UsageFact & RatingOutcome>(
      usages,
      smallints((usage) => usage.lane),
      uuids((usage) => usage.usageId),
      bigints((usage) => usage.quantity),
      ...outcomeColumns,
      bigints((usage) => usage.preratedAmount),
    ),
    tx.now,
  ]);
}

/** All usage of card groups' periods, in canonical order inside each. */
export async function findUsageOf(tx: Tx, keys: readonly GroupPeriodKey[]): Promise<StoredUsage[]> {
  const rows = await tx.query<UsageRow>(
    `select u.* from charging.rated_usage u
     join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, card_group_id, period)
       using (lane, card_group_id, period)
     order by u.is_late, u.used_at, u.source, u.record_id`,
    columnArrays(
      keys,
      (key) => key.lane,
      (key) => key.cardGroupId,
      (key) => key.period,
    ),
  );
  return rows.map(usageFromRow);
}

const FIND_USAGES: Statement = {
  name: 'charging-find-usages',
  text: `select u.* from charging.rated_usage u join unnest($1::smallint[], $2::uuid[]) as wanted (lane, usage_id)
       using (lane, usage_id)`,
};

/** Usage by lane and id; what is not there is left out. */
export async function findUsages(
  tx: Tx,
  keys: readonly { lane: number; usageId: string }[],
): Promise<StoredUsage[]> {
  if (keys.length === 0) return [];
  const rows = await prepared<UsageRow>(tx, FIND_USAGES, [
    keys.map((key) => key.lane),
    keys.map((key) => key.usageId),
  ]);
  return rows.map(usageFromRow);
}

/** One usage of a lane; undefined when there is none. */
export async function findUsage(tx: Tx, lane: number, usageId: string): Promise<StoredUsage | undefined> {
  const [row] = await tx.query<UsageRow>(
    `select * from charging.rated_usage where lane = $1 and usage_id = $2`,
    [lane, usageId],
  );
  return row && usageFromRow(row);
}

/** One usage of whatever lane; undefined when there is none. A probe of the key for each lane. */
export async function findUsageAnywhere(tx: Tx, usageId: string): Promise<StoredUsage | undefined> {
  const [row] = await tx.query<UsageRow>(
    `select u.* from unnest($1::smallint[]) as each (lane) join charging.rated_usage u using (lane)
     where u.usage_id = $2`,
    [Array.from({ length: LANE_COUNT }, (_, lane) => lane), usageId],
  );
  return row && usageFromRow(row);
}

/** A page of an account's usage in a period, latest id last. */
export async function findUsagePage(
  tx: Tx,
  at: { lane: number; accountId: string; period: string; after: string | null; limit: number },
): Promise<StoredUsage[]> {
  const rows = await tx.query<UsageRow>(
    `select * from charging.rated_usage u where lane = $1 and account_id = $2 and period = $3
       and ($4::uuid is null or (u.used_at, u.usage_id) >
         (select p.used_at, p.usage_id from charging.rated_usage p where p.lane = $1 and p.usage_id = $4))
     order by used_at, usage_id limit $5`,
    [at.lane, at.accountId, at.period, at.after, at.limit],
  );
  return rows.map(usageFromRow);
}

/** The events behind one total, in canonical order, at most `limit`. */
export async function findUsageOfTotal(
  tx: Tx,
  at: {
    lane: number;
    accountId: string;
    period: string;
    productId: string;
    chargeCode: string;
    limit: number;
  },
): Promise<StoredUsage[]> {
  const rows = await tx.query<UsageRow>(
    `select * from charging.rated_usage
     where lane = $1 and account_id = $2 and period = $3 and booked_product_id = $4 and charge_code = $5
     order by is_late, used_at, source, record_id limit $6`,
    [at.lane, at.accountId, at.period, at.productId, at.chargeCode, at.limit],
  );
  return rows.map(usageFromRow);
}

/** A row as rated usage. */
export function usageFromRow(row: UsageRow): StoredUsage {
  return {
    lane: row.lane,
    usageId: row.usage_id,
    accountId: row.account_id,
    cardGroupId: row.card_group_id,
    period: row.period,
    productId: row.product_id,
    card: row.card,
    source: row.source,
    recordId: row.record_id,
    fileId: row.file_id,
    isLate: row.is_late,
    usedAt: instantFromDate(row.used_at),
    usageClass: row.usage_class,
    peer: row.peer,
    quantity: BigInt(row.quantity),
    preratedAmount: row.prerated_amount === null ? null : amountFromMicro(BigInt(row.prerated_amount)),
    offeringCode: row.offering_code,
    offeringVersion: row.offering_version,
    bookedProductId: row.booked_product_id,
    bookedCard: row.booked_card,
    chargeCode: row.charge_code,
    chargeClass: row.charge_class,
    taxClass: row.tax_class,
    counterKey: row.counter_key,
    unit: row.unit,
    unitsTotal: BigInt(row.units_total),
    unitsCharged: BigInt(row.units_charged),
    takes: takesFromJson(row.takes),
    amount: amountFromMicro(BigInt(row.amount)),
    zeroedByCap: row.zeroed_by_cap,
    ...(row.parts && { parts: partsFromJson(row.parts) }),
    revision: row.revision,
  };
}
