import { moneyFromMinor, moneyToDecimal } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { BillRun } from './bill-run';
import { countClaims } from './claim.store';
import { readRanges } from './lane-range.store';
import { differencesOf, type ReportGrouping, type RunReport, type RunReportRow } from './run-report';

const bills = `
select count(*) filter (where not is_statement and total_fen >= 0)::text as bills,
       count(*) filter (where not is_statement and total_fen < 0)::text as credit_notes,
       count(*) filter (where is_statement)::text as statements,
       coalesce(sum(total_fen) filter (where not is_statement), 0)::text as total
from (select total_fen,
             exists (select from billing.statement as own
                     where own.lane = bill.lane and own.bill_id = bill.bill_id) as is_statement
      from billing.bill where lane = any($1::smallint[]) and run_id = $2 and state <> 'rejected') as each`;

// Every way of adding up in one pass over the lines.
const lines = `
with own as (
  select lane, bill_id from billing.bill
  where lane = any($1::smallint[]) and run_id = $2 and state <> 'rejected'
    and not exists (select from billing.statement as statement
                    where statement.lane = bill.lane and statement.bill_id = bill.bill_id)
), line as (
  select coalesce(made_from->0->>'offeringCode', '') as product, charge_class, tax_percent, service_period,
         discount_fen, net_fen, tax_fen
  from own join billing.bill_line using (lane, bill_id)
)
select case when grouping(product) = 0 then 'product' when grouping(charge_class) = 0 then 'charge_class'
            when grouping(tax_percent) = 0 then 'tax_percent' else 'service_period' end as grouping,
       coalesce(product, charge_class, tax_percent, service_period) as name, count(*)::text as lines,
       sum(discount_fen)::text as discount, sum(net_fen)::text as net, sum(tax_fen)::text as tax
from line group by grouping sets ((product), (charge_class), (tax_percent), (service_period)) order by 1, 2`;

interface LineSum {
  grouping: ReportGrouping;
  name: string;
  lines: string;
  discount: string;
  net: string;
  tax: string;
}

/** What a run did, from its bills and claims: drafts count as long as they are not rejected. */
export async function readReport(tx: Tx, run: BillRun): Promise<RunReport> {
  const { lanes } = await readRanges(tx, run.runId);
  const claims = await countClaims(tx, run.runId);
  const [counts] = await tx.query<Record<'bills' | 'credit_notes' | 'statements' | 'total', string>>(bills, [
    lanes,
    run.runId,
  ]);
  const sums = await tx.query<LineSum>(lines, [lanes, run.runId]);
  const by = (grouping: ReportGrouping) =>
    sums.filter((sum) => sum.grouping === grouping).map((sum) => rowOf(sum));
  return {
    bills: Number(counts?.bills ?? 0),
    creditNotes: Number(counts?.credit_notes ?? 0),
    statements: Number(counts?.statements ?? 0),
    unchanged: claims['unchanged'] ?? 0,
    total: fen(counts?.total ?? '0'),
    byProduct: by('product'),
    byChargeClass: by('charge_class'),
    byTaxRate: by('tax_percent'),
    byServicePeriod: by('service_period'),
    differences: differencesOf(run.checks),
  };
}

function rowOf({ name, lines: count, discount, net, tax }: LineSum): RunReportRow {
  return { name, lines: Number(count), discount: fen(discount), net: fen(net), tax: fen(tax) };
}

function fen(text: string): string {
  return moneyToDecimal(moneyFromMinor(BigInt(text)));
}
