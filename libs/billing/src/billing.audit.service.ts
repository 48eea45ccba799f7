import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal, moneyFromMinor, moneyToDecimal } from '@ronghe/kernel';
import { Audit, checkNothing, checkOf, totalsOf, type Tx } from '@ronghe/platform';
import { checkStatements, findPrepaidFigures } from './statement/statement-audit.store';

type Row = Record<string, string>;

/** Control totals of billing (SEMANTICS §10). */
@Injectable()
export class BillingAudit {
  /**
   * Checks: lines and taxes add up, lines are the rounded charges, usage that was billed equals what charging told,
   * numbers have no gap, every period's accounts were looked at, statements show what was debited and consumed.
   * Figures: `rated-usage`, `published-bills` and `prepaid-consumption` by account and period, `prepaid-charges` by account.
   */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const checks = [
      ...(await this.totals(tx)),
      await checkNothing(tx, 'lines-rounded', notRounded),
      await checkNothing(tx, 'usage-billed', usageNotBilled),
      await checkNothing(tx, 'transfers-balanced', notBalanced),
      await checkNothing(tx, 'credits-within-lines', creditedTooMuch),
      ...(await checkStatements(tx)),
      ...(await this.series(tx)),
      ...(await this.runs(tx)),
    ];
    const prepaid = await findPrepaidFigures(tx);
    return { checks, figures: [...(await this.usage(tx)), ...(await this.published(tx)), ...prepaid] };
  }

  private async totals(tx: Tx): Promise<ControlCheck[]> {
    const sums = await totalsOf<'bills' | 'lines' | 'line_taxes' | 'gross' | 'taxes'>(tx, totals);
    return [
      checkOf('bill-lines', fen(sums.lines), fen(sums.bills)),
      checkOf('bill-taxed-gross', fen(sums.gross), fen(sums.bills)),
      checkOf('bill-line-taxes', fen(sums.line_taxes), fen(sums.taxes)),
    ];
  }

  private async series(tx: Tx): Promise<ControlCheck[]> {
    const rows = await tx.query<Row>(series);
    return rows.map((row) => ({
      name: 'bill-numbers',
      scope: row['series'] ?? '',
      left: `${row['numbers']} of ${row['bills']} bills, 1 to ${row['highest']}`,
      right: `${row['last']} of ${row['last']} bills, 1 to ${row['last']}`,
    }));
  }

  private async runs(tx: Tx): Promise<ControlCheck[]> {
    const rows = await tx.query<Row>(runs);
    return rows.map((row) => ({
      name: 'accounts-in-run',
      scope: `${row['period']}/${row['run_id']}`,
      left: row['claimed'] ?? '0',
      right: row['due'] ?? '0',
    }));
  }

  private async usage(tx: Tx): Promise<ControlFigure[]> {
    const rows = await tx.query<Row>(usage);
    return rows.map((row) => ({
      name: 'rated-usage',
      scope: `${row['account_id']}/${row['period']}`,
      value: amountToDecimal(amountFromMicro(BigInt(row['micro'] ?? 0))),
    }));
  }

  private async published(tx: Tx): Promise<ControlFigure[]> {
    const rows = await tx.query<Row>(published);
    return rows.map((row) => ({
      name: 'published-bills',
      scope: `${row['account_id']}/${row['period']}`,
      value: fen(row['total']),
    }));
  }
}

const totals = `
select (select coalesce(sum(total_fen), 0) from billing.bill where state <> 'rejected')::text as bills,
       (select coalesce(sum(net_fen), 0) from billing.bill_line join billing.bill using (lane, bill_id)
        where state <> 'rejected')::text as lines,
       (select coalesce(sum(tax_fen), 0) from billing.bill_line join billing.bill using (lane, bill_id)
        where state <> 'rejected')::text as line_taxes,
       (select coalesce(sum(gross_fen), 0) from billing.bill_tax join billing.bill using (lane, bill_id)
        where state <> 'rejected')::text as gross,
       (select coalesce(sum(tax_fen), 0) from billing.bill_tax join billing.bill using (lane, bill_id)
        where state <> 'rejected')::text as taxes`;

const notRounded = `
select count(*)::text as count from (
  select 1 from billing.bill_line as line join billing.bill using (lane, bill_id)
  where state <> 'rejected'
  group by lane, line.account_id, service_period, key
  having sum(net_fen) <> round(sum(exact_micro) / 10000.0)
) as wrong`;

// Credit notes by hand take no more of a line than it has, and leave no charge below zero.
const creditedTooMuch = `
with credited as (
  select note.lane, note.credited_bill_id as bill_id, (made_from->0->>'no')::integer as no, sum(line.net_fen) as net,
         sum(line.tax_fen) as tax, count(*) filter (where line.net_fen >= 0) as askew
  from billing.credit_note as note join billing.bill_line as line using (lane, bill_id) group by 1, 2, 3
)
select count(*)::text as count from credited left join billing.bill_line as own using (lane, bill_id, no)
where askew > 0 or coalesce(own.net_fen, 0) + net < 0 or coalesce(own.tax_fen, 0) + tax < 0
   or net + (select coalesce(sum(charge.net_fen), 0) from billing.bill_line as charge
             join billing.bill on bill.lane = charge.lane and bill.bill_id = charge.bill_id
             where charge.lane = own.lane and charge.account_id = own.account_id
               and charge.service_period = own.service_period and charge.key = own.key and bill.state <> 'rejected') < 0`;

// What a sponsor pays of a period's charges is what left the bills of the accounts that it pays for.
const notBalanced = `
select count(*)::text as count from (
  select 1 from billing.bill_line as line join billing.bill using (lane, bill_id)
  where state <> 'rejected' and charge_class = 'sponsored'
  group by lane, split_part(key, '/', 2), service_period having sum(net_fen) <> 0
) as wrong`;

// Usage of a closed period is on bills to the fen, and is what its line is the rounded sum of; discounts and minimums
// follow it only from a fen on. A period that was reopened since waits for the next run.
const usageNotBilled = `
with closed as (
  select distinct claim.lane, claim.account_id, claim.period from billing.billing_claim as claim
  where outcome in ('billed', 'unchanged') and not exists (
    select 1 from billing.reopened_period as reopened
    where reopened.lane = claim.lane and reopened.account_id = claim.account_id and reopened.period = claim.period
      and reopened.run_id is null)
), told as (
  select lane, account_id, period,
         concat_ws('/', total->>'productId', total->>'chargeClass', total->>'taxClass') as key,
         sum((total->>'amount')::numeric) as amount
  from closed join billing.usage_statement using (lane, account_id, period), jsonb_array_elements(totals) as total
  group by lane, account_id, period, key
), billed as (
  select lane, line.account_id, service_period as period, key,
         sum(exact_usage_micro) / 1000000.0 as usage, sum(exact_micro) / 1000000.0 as exact, sum(net_fen) / 100.0 as net,
         bool_or(discount_fen <> 0 or made_from @> '[{"kind": "minimum"}]') as is_adjusted
  from billing.bill_line as line join billing.bill using (lane, bill_id)
  where state <> 'rejected' group by lane, line.account_id, service_period, key
)
select count(*)::text as count from told left join billed using (lane, account_id, period, key)
where abs(told.amount - coalesce(billed.usage, 0)) >= 0.01
   or not coalesce(is_adjusted, false)
      and round(told.amount + coalesce(billed.exact - billed.usage, 0), 2) <> coalesce(billed.net, 0)`;

const series = `
select series, last_sequence::text as last, count(number.sequence)::text as numbers,
       coalesce(max(number.sequence), 0)::text as highest, count(bill.bill_id)::text as bills
from billing.number_series left join billing.bill_number as number using (series)
left join billing.bill on bill.bill_id = number.bill_id and bill.number is not null
group by series, last_sequence order by series`;

const runs = `
select run_id, period, count(claim.account_id)::text as claimed,
       (select count(*) from billing.account
        where bill_day = run.bill_day and zone = run.zone and opened_at < run.period_to
          and (run.includes_prepaid or payment_mode <> 'prepaid'))::text as due
from billing.bill_run as run left join billing.billing_claim as claim using (run_id, period)
where state = 'completed' and run.account_id is null group by run_id order by period, run_id`;

const usage = `
select account_id, period, round(sum((total->>'amount')::numeric) * 1000000)::text as micro
from billing.usage_statement, jsonb_array_elements(totals) as total
group by account_id, period order by account_id, period`;

const published = `
select account_id, period, sum(total_fen)::text as total from billing.bill
where state = 'published'
  and not exists (select from billing.statement where statement.lane = bill.lane and statement.bill_id = bill.bill_id)
group by account_id, period order by account_id, period`;

function fen(text: string | undefined): string {
  return moneyToDecimal(moneyFromMinor(BigInt(text ?? 0)));
}
