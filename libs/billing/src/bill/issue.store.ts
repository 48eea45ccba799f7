import type { BillingPolicy } from '@ronghe/contracts';
import {
  columnArrays,
  moneyFromMinor,
  moneyToDecimal,
  type BillCycle,
  type BillPeriod,
  type Instant,
} from '@ronghe/kernel';
import { copyLines, copyRows, inRounds, type Tx } from '@ronghe/platform';
import { noteDocuments } from '../document/published-bills.store';
import { billNumberAt, numberSeries } from './bill-number';
import { insertSettlements } from '../statement/settlement.store';
import { dueInstant } from './due-date';

/** Most bills that one transaction numbers and publishes. */
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

const nothing: IssuedBatch = { count: 0, lastLane: null };

interface DraftedRow {
  lane: number;
  bill_id: string;
  account_id: string;
  customer_id: string;
  /** Where the bill was numbered without being published. */
  number: string | null;
  total_fen: string;
  is_statement: boolean;
  /** Of a credit note by hand. */
  credits: { billId: string; lines: number[] } | null;
  taxes: { percent: string; gross_fen: string; tax_fen: string }[];
}

type NumberedRow = DraftedRow & { number: string };

function isNumbered(bill: DraftedRow): bill is NumberedRow {
  return bill.number !== null;
}

/**
 * Numbers and publishes a batch of bills of some lanes: the fact leaves with the commit that shows the bill. The series is
 * locked until commit, so that a number is either on a bill or was never given; all that needs no number is written before.
 */
export async function issueBatch(tx: Tx, scope: Scope, cycle: BillCycle): Promise<IssuedBatch> {
  const drafted = await readBatch(tx, scope);
  if (drafted.length === 0) return nothing;
  const keys = { lanes: drafted.map(({ lane }) => lane), billIds: drafted.map((bill) => bill.bill_id) };
  const directory = copyLines(
    drafted,
    (bill) => bill.bill_id,
    (bill) => bill.lane,
    (bill) => bill.account_id,
  );
  await copyRows(tx, 'billing.bill_lane (bill_id, lane, account_id)', directory);
  await insertSettlements(
    tx,
    drafted.filter((bill) => bill.is_statement),
  );
  await noteDocuments(tx, { ...keys, zone: cycle.zone });
  const once = await oneTimeCharges(tx, drafted);
  const { period, policy } = scope;
  const dueAt = dueInstant(period, tx.now, policy.dueDays, cycle);
  const bills = await numberAndPublish(tx, scope, drafted, dueAt);
  for (const bill of bills) publish(tx, period, bill, dueAt, once.get(bill.bill_id));
  return { count: bills.length, lastLane: bills.at(-1)?.lane ?? null };
}

/** The next bills of the lanes that are not published, in the order in which they get their numbers. */
function readBatch(tx: Tx, { lanes, runId }: Scope): Promise<DraftedRow[]> {
  return tx.query(
    `select lane, bill_id, account_id, customer_id, number, total_fen,
            exists (select from billing.statement as own where own.lane = bill.lane and own.bill_id = bill.bill_id) as is_statement,
            (select jsonb_build_object('billId', credited_bill_id, 'lines', array(
                 select (made_from->0->>'no')::integer from billing.bill_line as line
                 where line.lane = note.lane and line.bill_id = note.bill_id order by line.no))
             from billing.credit_note as note where note.lane = bill.lane and note.bill_id = bill.bill_id) as credits,
            (select coalesce(jsonb_agg(jsonb_build_object('percent', percent, 'gross_fen', gross_fen::text, 'tax_fen', tax_fen::text)
                                       order by percent::numeric desc), '[]'::jsonb)
             from billing.bill_tax as tax where tax.lane = bill.lane and tax.bill_id = bill.bill_id) as taxes
     from billing.bill where lane = any($1::smallint[]) and run_id = $2 and state in ('draft', 'numbered')
     order by lane, account_id limit $3`,
    [lanes, runId, BILLS_PER_BATCH],
  );
}

/** Gives the next numbers of the series to bills that have none, in their order, and shows all of them. */
async function numberAndPublish(
  tx: Tx,
  { period, policy }: Scope,
  bills: readonly DraftedRow[],
  dueAt: Instant,
): Promise<NumberedRow[]> {
  const series = numberSeries(policy.billNumberFormat, period.key);
  const count = bills.filter(({ number }) => number === null).length;
  let sequence = count === 0 ? 0n : (await takeNumbers(tx, series, count)) - BigInt(count);
  const given: Given[] = [];
  for (const bill of bills) {
    if (bill.number !== null) continue;
    sequence += 1n;
    given.push({ sequence, billId: bill.bill_id });
    bill.number = billNumberAt(series, sequence);
  }
  const numbered = bills.filter(isNumbered);
  // Whoever numbers next waits for the end of this: what is left goes out in one round.
  await inRounds(tx, () =>
    Promise.all([
      tx.execute(
        `insert into billing.bill_number (series, sequence, bill_id)
         select $1, sequence, bill_id from unnest($2::bigint[], $3::uuid[]) as given (sequence, bill_id)`,
        [
          series,
          ...columnArrays(
            given,
            (number) => number.sequence,
            (number) => number.billId,
          ),
        ],
      ),
      tx.execute(
        `update billing.bill set number = row.number, state = 'published', issued_at = $1, due_at = $2
         from unnest($3::smallint[], $4::uuid[], $5::text[]) as row (lane, bill_id, number)
         where bill.lane = row.lane and bill.bill_id = row.bill_id`,
        [
          ...[tx.now, dueAt],
          ...columnArrays(
            numbered,
            (bill) => bill.lane,
            (bill) => bill.bill_id,
            (bill) => bill.number,
          ),
        ],
      ),
    ]),
  );
  return numbered;
}

interface Given {
  sequence: bigint;
  billId: string;
}

/** Locks the series and takes the next `count` numbers; returns the last of them. */
async function takeNumbers(tx: Tx, series: string, count: number): Promise<bigint> {
  const [row] = await tx.query<{ last_sequence: string }>(
    `insert into billing.number_series as own (series, last_sequence) values ($1, $2)
     on conflict (series) do update set last_sequence = own.last_sequence + excluded.last_sequence
     returning last_sequence`,
    [series, count],
  );
  return BigInt(row?.last_sequence ?? 0);
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
async function oneTimeCharges(tx: Tx, bills: readonly DraftedRow[]): Promise<Map<string, OneTimeCharges>> {
  const rows = await tx.query<{ bill_id: string; charges: { chargeClass: string; fen: string }[] }>(
    `select bill_id, json_agg(json_build_object('chargeClass', charge_class, 'fen', total::text) order by charge_class) as charges
     from (
       select bill_id, charge_class, sum(amount_fen) as total from billing.one_time_charge
       join unnest($1::smallint[], $2::uuid[], $3::uuid[]) as wanted (lane, account_id, bill_id) using (lane, account_id, bill_id)
       group by bill_id, charge_class
     ) as once group by bill_id`,
    columnArrays(
      bills,
      (bill) => bill.lane,
      (bill) => bill.account_id,
      (bill) => bill.bill_id,
    ),
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
