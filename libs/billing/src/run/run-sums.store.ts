import type { Tx } from '@ronghe/platform';
import { countDue } from '../projection/account.store';
import type { BillRun } from './bill-run';
import { checksOf, type RunCheck } from './run-checks';

type Sum = Record<
  'bill_total' | 'line_net' | 'gross' | 'bill_tax' | 'line_tax' | 'askew' | 'unrounded' | 'transferred',
  string
>;

const sums = `
with drafted as (
  select lane, bill_id, total_fen from billing.bill
  where lane = any($1::smallint[]) and run_id = $2 and state <> 'rejected'
), line as (
  select lane, bill_id, account_id, service_period, key, charge_class, net_fen, exact_micro, tax_fen
  from billing.bill_line join drafted using (lane, bill_id)
), lines as (
  select bill_id, sum(net_fen) as net, sum(tax_fen) as line_tax from line group by bill_id
), taxes as (
  select bill_id, sum(gross_fen) as gross, sum(tax_fen) as bill_tax
  from billing.bill_tax join drafted using (lane, bill_id) group by bill_id
), per_bill as (
  select total_fen, coalesce(net, 0) as net, coalesce(line_tax, 0) as line_tax, coalesce(gross, 0) as gross,
         coalesce(bill_tax, 0) as bill_tax
  from drafted left join lines using (bill_id) left join taxes using (bill_id)
), touched as (
  select distinct lane, account_id, service_period from line
), before as (
  -- By whole service periods: joined key by key, an account with many products would be read once for each.
  -- The run's own lines are known by a hashed set: their bills are not read again.
  select lane, bill_line.account_id, service_period, key, net_fen, exact_micro
  from touched
  join billing.bill_line using (lane, account_id, service_period)
  join billing.bill using (lane, bill_id)
  where bill.state <> 'rejected' and bill_line.bill_id not in (select bill_id from drafted)
), charged as (
  select sum(net_fen) as net, sum(exact_micro) as exact
  from (
    select lane, account_id, service_period, key, net_fen, exact_micro, true as is_own from line
    union all
    select lane, account_id, service_period, key, net_fen, exact_micro, false as is_own from before
  ) as standing
  group by lane, account_id, service_period, key
  having bool_or(is_own)
)
select coalesce(sum(total_fen), 0)::text as bill_total, coalesce(sum(net), 0)::text as line_net,
       coalesce(sum(gross), 0)::text as gross, coalesce(sum(bill_tax), 0)::text as bill_tax,
       coalesce(sum(line_tax), 0)::text as line_tax,
       count(*) filter (where net <> total_fen or gross <> total_fen or bill_tax <> line_tax)::text as askew,
       (select count(*) from charged where net <> round(exact / 10000.0))::text as unrounded,
       (select coalesce(sum(net_fen), 0) from line where charge_class = 'sponsored')::text as transferred
from per_bill`;

/** The control totals of a run's drafts. Rounding is checked by PostgreSQL, whose numeric also rounds half away from zero. */
export async function readChecks(
  tx: Tx,
  run: BillRun,
  { lanes, accountsClaimed }: { lanes: readonly number[]; accountsClaimed: number },
): Promise<RunCheck[]> {
  const [row] = await tx.query<Sum>(sums, [lanes, run.runId]);
  const of = (name: keyof Sum) => BigInt(row?.[name] ?? 0);
  return checksOf({
    billTotalFen: of('bill_total'),
    lineNetFen: of('line_net'),
    taxGrossFen: of('gross'),
    billTaxFen: of('bill_tax'),
    lineTaxFen: of('line_tax'),
    billsAskew: of('askew'),
    linesNotRounded: of('unrounded'),
    transferredFen: of('transferred'),
    accountsDue: await countDue(tx, run.cycle, run.period.to),
    accountsClaimed: BigInt(accountsClaimed),
  });
}
