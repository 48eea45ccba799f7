import type { ControlFigure } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

interface FigureRow {
  scope: string;
  micro: string;
}

/** What customers' own money paid on the days that are over, by account and bill period of the day: Σ entries. */
export async function findConsumption(tx: Tx): Promise<ControlFigure[]> {
  return figures(
    'prepaid-consumption',
    await tx.query<FigureRow>(
      `with day as (
         select e.account_id, e.local_day, -sum(e.delta) as micro, a.bill_day,
           date_trunc('month', e.local_day)::date as month
         from charging.money_entry e join charging.account a using (account_id)
         join charging.posting_zone z on z.zone = a.zone and e.local_day <= z.posted_through
         where a.payment_mode = 'prepaid' and e.bucket_id = e.account_id and e.tax_class is not null
         group by e.account_id, e.local_day, a.bill_day
       )
       select account_id || '/' || to_char(case
           when local_day >= least(month + bill_day - 1, (month + interval '1 month')::date - 1) then month
           else (month - interval '1 month')::date end, 'YYYY-MM') as scope, sum(micro)::text as micro
       from day group by 1 order by 1`,
    ),
  );
}

/** What money paid for usage and fees of prepaid accounts, own and bonuses: Σ entries, by account. */
export async function findCharges(tx: Tx): Promise<ControlFigure[]> {
  return figures(
    'prepaid-charges',
    await tx.query<FigureRow>(
      `select e.account_id::text as scope, (-sum(e.delta))::text as micro
       from charging.money_entry e join charging.account a using (account_id)
       where a.payment_mode = 'prepaid' and e.tax_class is not null and e.kind <> 'overrun'
       group by e.account_id order by e.account_id`,
    ),
  );
}

function figures(name: string, rows: readonly FigureRow[]): ControlFigure[] {
  return rows.map(({ scope, micro }) => ({
    name,
    scope,
    value: amountToDecimal(amountFromMicro(BigInt(micro))),
  }));
}
