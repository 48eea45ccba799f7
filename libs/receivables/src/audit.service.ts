import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import {
  amountToDecimal,
  amountToMoney,
  moneyFromMinor,
  moneyToDecimal,
  negateMoney,
  sumMoney,
} from '@ronghe/kernel';
import { Audit, type Tx } from '@ronghe/platform';
import { cashierChecks } from './cashier/cashier-audit.store';
import { prepaymentLeft } from './consumption/consumption';
import { findConsumed, findPrepayments, type Prepayment } from './consumption/consumption.store';
import { chartOfAccounts } from './ledger-account';
import { settlementChecks } from './settlement/settlement-audit.store';
import { readTrialBalance } from './trial-balance.store';

/** Control totals of the ledger (SEMANTICS §10). */
@Injectable()
export class ReceivablesAudit {
  /** Checks: the ledger is at zero, sub-ledgers equal control accounts, open items equal the receivable, and those of `settlementChecks` and `cashierChecks`. Figures: published bills, and what was used of prepayments, by account and period. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const prepaid = await findPrepayments(tx);
    return {
      checks: [
        ...(await this.wholeLedger(tx)),
        ...(await this.perAccount(tx)),
        ...(await settlementChecks(tx)),
        ...(await cashierChecks(tx)),
        ...prepaid.map(booked),
      ],
      figures: [...(await this.postedBills(tx)), ...prepaid.map(exact), ...(await this.consumed(tx))],
    };
  }

  private async wholeLedger(tx: Tx): Promise<ControlCheck[]> {
    const rows = await readTrialBalance(tx);
    const left = moneyToDecimal(sumMoney(rows.map((row) => row.debit)));
    return [
      {
        name: 'ledger-balanced',
        scope: 'all',
        left,
        right: moneyToDecimal(sumMoney(rows.map((row) => row.credit))),
      },
    ];
  }

  /** Only accounts that differ are listed, and one summary, so that the answer stays small. */
  private async perAccount(tx: Tx): Promise<ControlCheck[]> {
    const rows = await tx.query<
      Record<'account_id' | 'posted' | 'owed' | 'open' | 'posted_credit' | 'credit', string>
    >(subLedgers, [chartOfAccounts.receivable.code, chartOfAccounts.customerCredit.code]);
    const checks = rows.flatMap((row): ControlCheck[] => [
      { name: 'receivable-postings', scope: row.account_id, left: fen(row.posted), right: fen(row.owed) },
      { name: 'open-items', scope: row.account_id, left: fen(row.open), right: fen(row.owed) },
      {
        name: 'credit-postings',
        scope: row.account_id,
        left: fen(row.posted_credit),
        right: fen(row.credit),
      },
    ]);
    const sum = (key: 'posted' | 'open') =>
      fen(rows.reduce((total, row) => total + BigInt(row[key]), 0n).toString());
    return [
      { name: 'sub-ledger', scope: 'all', left: sum('posted'), right: sum('open') },
      ...checks.filter((check) => check.left !== check.right),
    ];
  }

  private async consumed(tx: Tx): Promise<ControlFigure[]> {
    return (await findConsumed(tx)).map(({ accountId, period, used }) => ({
      name: 'prepaid-consumption',
      scope: `${accountId}/${period}`,
      value: amountToDecimal(used),
    }));
  }

  private async postedBills(tx: Tx): Promise<ControlFigure[]> {
    const rows = await tx.query<{ account_id: string; period: string; total: string }>(
      `select account_id, period, sum((line->>'debit')::bigint - (line->>'credit')::bigint)::text as total
       from receivables.journal_entry, jsonb_array_elements(lines) as line
       where kind = 'bill' and line->>'account' = $1
       group by account_id, period order by account_id, period`,
      [chartOfAccounts.receivable.code],
    );
    return rows.map((row) => ({
      name: 'published-bills',
      scope: `${row.account_id}/${row.period}`,
      value: fen(row.total),
    }));
  }
}

/** What was granted and what became of it, exact; charging says the same of its money buckets. */
function exact({ accountId, grantedFen, moved }: Prepayment): ControlFigure {
  const left = prepaymentLeft(moneyFromMinor(grantedFen), moved);
  return { name: 'customer-prepayment', scope: accountId, value: amountToDecimal(left) };
}

/** The control account holds what was booked of top-ups and consumption; each part is whole fen of an exact sum. */
function booked({ accountId, bookedFen, paidFen, moved }: Prepayment): ControlCheck {
  const parts = Object.entries(moved).map(([key, amount]) => {
    const part = amountToMoney(amount);
    return key === 'transferred' || key === 'adjusted' ? part : negateMoney(part);
  });
  return {
    name: 'prepayment-postings',
    scope: accountId,
    left: moneyToDecimal(moneyFromMinor(bookedFen)),
    right: moneyToDecimal(sumMoney([moneyFromMinor(paidFen), ...parts])),
  };
}

const subLedgers = `
with posting as (
  select lane, (line->>'subAccount')::uuid as account_id,
         sum(case when line->>'account' = $1 then (line->>'debit')::bigint - (line->>'credit')::bigint else 0 end) as posted,
         sum(case when line->>'account' = $2 then (line->>'credit')::bigint - (line->>'debit')::bigint else 0 end) as posted_credit
  from receivables.journal_entry, jsonb_array_elements(lines) as line
  where line->>'subAccount' is not null group by 1, 2
), item as (
  select lane, account_id, sum(open_fen) as open from receivables.open_item group by 1, 2
)
select ledger.account_id, coalesce(posting.posted, 0)::text as posted, ledger.receivable_fen::text as owed,
       coalesce(item.open, 0)::text as open, coalesce(posting.posted_credit, 0)::text as posted_credit,
       ledger.credit_fen::text as credit
from receivables.account_ledger as ledger
left join posting on posting.lane = ledger.lane and posting.account_id = ledger.account_id
left join item on item.lane = ledger.lane and item.account_id = ledger.account_id
order by ledger.account_id`;

function fen(text: string): string {
  return moneyToDecimal(moneyFromMinor(BigInt(text)));
}
