import { moneyFromMinor, moneyToDecimal, sumMoney, type Money } from '@ronghe/kernel';
import type { ReportDays, ReportRow, RowSink, Tx } from '@ronghe/platform';

export const revenueColumns = [
  'offering',
  'chargeClass',
  'taxClass',
  'taxPercent',
  'lines',
  'net',
  'tax',
  'gross',
] as const;
export const revenueByRegionColumns = ['region', 'chargeClass', 'lines', 'net', 'tax', 'gross'] as const;
export const revenueByChannelColumns = ['channel', 'offering', 'lines', 'net', 'tax', 'gross'] as const;
export const taxColumns = ['taxPercent', 'bills', 'net', 'tax', 'gross'] as const;
export const feesInAdvanceColumns = ['servicePeriod', 'offering', 'lines', 'net', 'tax', 'gross'] as const;

type SumRow = Record<'gross' | 'tax', string> & Record<string, string>;

// What a line charges for: the offer that priced it; of a correction the product's offer; of a credit that of the line that it takes back.
const published = `
  from billing.bill_line as line join billing.bill using (lane, bill_id)
  left join billing.bill_line as own on own.lane = line.lane and line.made_from->0->>'kind' = 'credit'
    and own.bill_id = (line.made_from->0->>'billId')::uuid and own.no = (line.made_from->0->>'no')::integer
  left join billing.product as product on product.lane = line.lane
    and product.product_id = coalesce(line.product_id, own.product_id)
  left join billing.account as holder on holder.account_id = line.account_id
  where bill.state = 'published' and bill.issued_at >= $1 and bill.issued_at < $2
    and not exists (select from billing.statement as statement
                    where statement.lane = bill.lane and statement.bill_id = bill.bill_id)`;
const offering = `coalesce(line.made_from->0->>'offeringCode', own.made_from->0->>'offeringCode',
                           product.state->>'offeringCode', '')`;

/** What was billed on the days by offer and kind of charge, credit notes taken off. Read at rest, over all lanes. */
export async function writeRevenue(tx: Tx, { from, to }: ReportDays, sink: RowSink): Promise<ReportRow> {
  const rows = await tx.query<SumRow>(
    `select ${offering} as offering, line.charge_class as "chargeClass", line.tax_class as "taxClass",
            line.tax_percent as "taxPercent", count(*)::text as lines, sum(line.net_fen)::text as gross,
            sum(line.tax_fen)::text as tax
     ${published} group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [from, to],
  );
  return write(rows, sink);
}

/** The same by the region of the account whose charge it is and by charge class; nowhere in particular is ''. */
export async function writeRevenueByRegion(
  tx: Tx,
  { from, to }: ReportDays,
  sink: RowSink,
): Promise<ReportRow> {
  const rows = await tx.query<SumRow>(
    `select coalesce(holder.region, '') as region, line.charge_class as "chargeClass", count(*)::text as lines,
            sum(line.net_fen)::text as gross, sum(line.tax_fen)::text as tax
     ${published} group by 1, 2 order by 1, 2`,
    [from, to],
  );
  return write(rows, sink);
}

/** The same by the channel through which the product was sold and by offer; what nobody sold is ''. */
export async function writeRevenueByChannel(
  tx: Tx,
  { from, to }: ReportDays,
  sink: RowSink,
): Promise<ReportRow> {
  const rows = await tx.query<SumRow>(
    `select coalesce(product.state->>'channel', '') as channel, ${offering} as offering, count(*)::text as lines,
            sum(line.net_fen)::text as gross, sum(line.tax_fen)::text as tax
     ${published} group by 1, 2 order by 1, 2`,
    [from, to],
  );
  return write(rows, sink);
}

/** The tax of bills that were issued on the days, by rate. */
export async function writeTaxes(tx: Tx, { from, to }: ReportDays, sink: RowSink): Promise<ReportRow> {
  const rows = await tx.query<SumRow>(
    `select percent as "taxPercent", count(*)::text as bills, sum(gross_fen)::text as gross, sum(tax_fen)::text as tax
     from billing.bill_tax as tax join billing.bill using (lane, bill_id)
     where bill.state = 'published' and bill.issued_at >= $1 and bill.issued_at < $2
       and not exists (select from billing.statement as statement
                       where statement.lane = bill.lane and statement.bill_id = bill.bill_id)
     group by percent order by percent::numeric desc`,
    [from, to],
  );
  return write(rows, sink);
}

/** What was billed on the days for periods that begin in months after the last day: revenue of then. */
export async function writeFeesInAdvance(
  tx: Tx,
  { from, to, last }: ReportDays,
  sink: RowSink,
): Promise<ReportRow> {
  const rows = await tx.query<SumRow>(
    `select line.service_period as "servicePeriod", ${offering} as offering, count(*)::text as lines,
            sum(line.net_fen)::text as gross, sum(line.tax_fen)::text as tax
     ${published} and line.service_period > $3 group by 1, 2 order by 1, 2`,
    [from, to, last.slice(0, 7)],
  );
  return write(rows, sink);
}

async function write(rows: readonly SumRow[], sink: RowSink): Promise<ReportRow> {
  const sums = rows.map((row) => ({ gross: fen(row.gross), tax: fen(row.tax) }));
  await sink(rows.map((row, index) => ({ ...row, ...amountsOf(sums.slice(index, index + 1)) })));
  return amountsOf(sums);
}

function amountsOf(sums: readonly { gross: Money; tax: Money }[]): ReportRow {
  const gross = sumMoney(sums.map((each) => each.gross));
  const tax = sumMoney(sums.map((each) => each.tax));
  return {
    net: moneyToDecimal(moneyFromMinor(gross - tax)),
    tax: moneyToDecimal(tax),
    gross: moneyToDecimal(gross),
  };
}

function fen(text: string): Money {
  return moneyFromMinor(BigInt(text));
}
