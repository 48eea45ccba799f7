import type { Tx } from '@ronghe/platform';
import { countDue } from '../projection/account.store';
import type { BillRun } from './bill-run';
import { checksOf, type RunCheck } from './run-checks';

type Sum = Record<
  'bill_total' | 'line_net' | 'gross' | 'bill_tax' | 'line_tax' | 'askew' | 'unrounded',
  string
>;

const sums = `
with drafted as (
  select lane, bill_id, total_fen from billing.bill
  where lane = any($1::smallint[]) and run_id = $2 and state <> 'rejected'
), line as (
  select lane, bill_id, account_id, service_period, key, net_fen, tax_fen, exact_micro
  from billing.bill_line join drafted using (lane, bill_id)
), per_bill as (
  select bill_id, total_fen,
         (select coalesce(sum(net_fen), 0) from line where line.bill_id = drafted.bill_id) as net,
         (select coalesce(sum(tax_fen), 0) from line where line.bill_id = drafted.bill_id) as line_tax,
         (select coalesce(sum(gross_fen), 0) from billing.bill_tax as tax
          where tax.lane = drafted.lane and tax.bill_id = drafted.bill_id) as gross,
         (select coalesce(sum(tax_fen), 0) from billing.bill_tax as tax
          where tax.lane = drafted.lane and tax.bill_id = drafted.bill_id) as bill_tax
  from drafted
), charged as (
  select lane, account_id, service_period, key, sum(net_fen) as net, sum(exact_micro) as exact
  from billing.bill_line join billing.bill using (lane, bill_id, account_id)
  where (lane, account_id, service_period, key) in (select lane, account_id, service_period, key from line)
    and bill.state <> 'rejected'
  group by lane, account_id, service_period, key
)
select coalesce(sum(total_fen), 0)::text as bill_total, coalesce(sum(net), 0)::text as line_net,
       coalesce(sum(gross), 0)::text as gross, coalesce(sum(bill_tax), 0)::text as bill_tax,
       coalesce(sum(line_tax), 0)::text as line_tax,
       count(*) filter (where net <> total_fen or gross <> total_fen or bill_tax <> line_tax)::text as askew,
       (select count(*) from charged where net <> round(exact / 10000.0))::text as unrounded
from per_bill`;

/** The control totals of a run's drafts. Rounding is checked by PostgreSQL, whose numeric also rounds half away from zero. */
export async function readChecks(tx: Tx, run: BillRun, accountsClaimed: number): Promise<RunCheck[]> {
  const [row] = await tx.query<Sum>(sums, [run.lanes, run.runId]);
  const of = (name: keyof Sum) => BigInt(row?.[name] ?? 0);
  return checksOf({
    billTotalFen: of('bill_total'),
    lineNetFen: of('line_net'),
    taxGrossFen: of('gross'),
    billTaxFen: of('bill_tax'),
    lineTaxFen: of('line_tax'),
    billsAskew: of('askew'),
    linesNotRounded: of('unrounded'),
    accountsDue: await countDue(tx, run.cycle, run.period.to),
    accountsClaimed: BigInt(accountsClaimed),
  });
}
