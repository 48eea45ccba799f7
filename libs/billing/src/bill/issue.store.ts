import type { BillingPolicy } from '@ronghe/contracts';
import {
  moneyFromMinor,
  moneyToDecimal,
  type BillCycle,
  type BillPeriod,
  type Instant,
} from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { noteDocuments } from '../document/published-bills.store';
import { billNumberAt, numberSeries } from './bill-number';
import { insertSettlements } from '../statement/settlement.store';
import { dueInstant } from './due-date';

/** Most bills that one transaction numbers or publishes. */
export const BILLS_PER_BATCH = 500;

interface Scope {
  /** Ascending. */
  lanes: readonly number[];
  runId: string;
  period: BillPeriod;
  policy: BillingPolicy;
}

/** What a batch handled: how many bills, and in which lane the last one lies; null when there was none. */
export interface IssuedBatch {
  count: number;
  lastLane: number | null;
}

/**
 * Numbers a batch of drafts of some lanes: the series is locked until commit, so that a number is either on a bill or was
 * never given.
 */
export async function numberBatch(tx: Tx, { lanes, runId, period, policy }: Scope): Promise<IssuedBatch> {
  const bills = await tx.query<{ lane: number; bill_id: string }>(
    `select lane, bill_id from billing.bill where lane = any($1::smallint[]) and run_id = $2 and state = 'draft'
     order by lane, account_id limit $3`,
    [lanes, runId, BILLS_PER_BATCH],
  );
  if (bills.length === 0) return nothing;
  const series = numberSeries(policy.billNumberFormat, period.key);
  const last = await takeNumbers(tx, series, bills.length);
  const rows = bills.map(({ lane, bill_id }, index) => {
    const sequence = last - BigInt(bills.length - 1 - index);
    return { lane, bill_id, sequence: sequence.toString(), number: billNumberAt(series, sequence) };
  });
  await tx.execute(
    `insert into billing.bill_number (series, sequence, bill_id)
     select $1, sequence, bill_id from jsonb_to_recordset($2::jsonb) as row (bill_id uuid, sequence bigint)`,
    [series, JSON.stringify(rows)],
  );
  await tx.execute(
    `update billing.bill set number = row.number, state = 'numbered'
     from jsonb_to_recordset($1::jsonb) as row (lane smallint, bill_id uuid, number text)
     where bill.lane = row.lane and bill.bill_id = row.bill_id`,
    [JSON.stringify(rows)],
  );
  return { count: bills.length, lastLane: bills.at(-1)?.lane ?? null };
}

/** Locks the series and takes the next `count` numbers; returns the last of them. */
async function takeNumbers(tx: Tx, series: string, count: number): Promise<bigint> {
  await tx.execute(
    `insert into billing.number_series (series, last_sequence) values ($1, 0) on conflict do nothing`,
    [series],
  );
  const [row] = await tx.query<{ last_sequence: string }>(
    `update billing.number_series set last_sequence = last_sequence + $2 where series = $1 returning last_sequence`,
    [series, count],
  );
  return BigInt(row?.last_sequence ?? 0);
}

const nothing: IssuedBatch = { count: 0, lastLane: null };

interface NumberedRow {
  lane: number;
  bill_id: string;
  account_id: string;
  customer_id: string;
  number: string;
  total_fen: string;
  is_statement: boolean;
  /** Of a credit note by hand. */
  credits: { billId: string; lines: number[] } | null;
  taxes: { percent: string; gross_fen: string; tax_fen: string }[];
}

/** Publishes a batch of numbered bills of some lanes: the fact leaves with the commit that shows the bill. */
export async function publishBatch(tx: Tx, scope: Scope, cycle: BillCycle): Promise<IssuedBatch> {
  const { lanes, runId, period, policy } = scope;
  const bills = await tx.query<NumberedRow>(
    `select lane, bill_id, account_id, customer_id, number, total_fen,
            exists (select from billing.statement as own where own.lane = bill.lane and own.bill_id = bill.bill_id) as is_statement,
            (select jsonb_build_object('billId', credited_bill_id, 'lines', array(
                 select (made_from->0->>'no')::integer from billing.bill_line as line
                 where line.lane = note.lane and line.bill_id = note.bill_id order by line.no))
             from billing.credit_note as note where note.lane = bill.lane and note.bill_id = bill.bill_id) as credits,
            (select coalesce(jsonb_agg(jsonb_build_object('percent', percent, 'gross_fen', gross_fen::text, 'tax_fen', tax_fen::text)
                                       order by percent::numeric desc), '[]'::jsonb)
             from billing.bill_tax as tax where tax.lane = bill.lane and tax.bill_id = bill.bill_id) as taxes
     from billing.bill where lane = any($1::smallint[]) and run_id = $2 and state = 'numbered'
     order by lane, account_id limit $3`,
    [lanes, runId, BILLS_PER_BATCH],
  );
  if (bills.length === 0) return nothing;
  const dueAt = dueInstant(period, tx.now, policy.dueDays, cycle);
  const keys = { lanes: bills.map(({ lane }) => lane), billIds: bills.map((bill) => bill.bill_id) };
  await tx.execute(
    `update billing.bill set state = 'published', issued_at = $3, due_at = $4
     from unnest($1::smallint[], $2::uuid[]) as row (lane, bill_id)
     where bill.lane = row.lane and bill.bill_id = row.bill_id`,
    [keys.lanes, keys.billIds, tx.now, dueAt],
  );
  await tx.execute(
    `insert into billing.bill_lane (bill_id, lane, account_id)
     select bill_id, lane, account_id from unnest($1::smallint[], $2::uuid[], $3::uuid[]) as row (lane, bill_id, account_id)`,
    [keys.lanes, keys.billIds, bills.map((bill) => bill.account_id)],
  );
  await insertSettlements(
    tx,
    bills.filter((bill) => bill.is_statement),
  );
  await noteDocuments(tx, { ...keys, zone: cycle.zone });
  const once = await oneTimeCharges(tx, bills);
  for (const bill of bills) publish(tx, period, bill, dueAt, once.get(bill.bill_id));
  return { count: bills.length, lastLane: bills.at(-1)?.lane ?? null };
}

/** Of a statement nothing is due: it is no bill to those who post what customers owe. */
function publish(
  tx: Tx,
  period: BillPeriod,
  bill: NumberedRow,
  dueAt: Instant,
  once: OneTimeCharges | undefined,
): void {
  const { lane } = bill;
  const statement = {
    billId: bill.bill_id,
    number: bill.number,
    customerId: bill.customer_id,
    accountId: bill.account_id,
    lane,
    period: period.key,
    total: fen(bill.total_fen),
    issuedAt: tx.now,
  };
  const of = { aggregateId: bill.bill_id, lane, version: 1 };
  if (bill.is_statement) {
    tx.emit('prepaid-statement.published.v1', { ...of, payload: statement });
    return;
  }
  const taxes = bill.taxes.map((tax) => ({
    percent: tax.percent,
    gross: fen(tax.gross_fen),
    tax: fen(tax.tax_fen),
  }));
  const credits = bill.credits
    ? { creditsBillId: bill.credits.billId, creditsLines: bill.credits.lines }
    : {};
  tx.emit('bill.published.v1', {
    ...of,
    payload: { ...statement, taxes, ...(once ? { oneTimeCharges: once } : {}), dueAt, ...credits },
  });
}

type OneTimeCharges = { chargeClass: string; amount: string }[];

/** What came once on each of the bills, by charge class; most have none. */
async function oneTimeCharges(tx: Tx, bills: readonly NumberedRow[]): Promise<Map<string, OneTimeCharges>> {
  const rows = await tx.query<{ bill_id: string; charges: { chargeClass: string; fen: string }[] }>(
    `select bill_id, json_agg(json_build_object('chargeClass', charge_class, 'fen', total::text) order by charge_class) as charges
     from (
       select bill_id, charge_class, sum(amount_fen) as total from billing.one_time_charge
       join unnest($1::smallint[], $2::uuid[], $3::uuid[]) as wanted (lane, account_id, bill_id) using (lane, account_id, bill_id)
       group by bill_id, charge_class
     ) as once group by bill_id`,
    [bills.map(({ lane }) => lane), bills.map((bill) => bill.account_id), bills.map((bill) => bill.bill_id)],
  );
  return new Map(
    rows.map(({ bill_id, charges }) => [
      bill_id,
      charges.map(({ chargeClass, fen: total }) => ({ chargeClass, amount: fen(total) })),
    ]),
  );
}

function fen(text: string): string {
  return moneyToDecimal(moneyFromMinor(BigInt(text)));
}
