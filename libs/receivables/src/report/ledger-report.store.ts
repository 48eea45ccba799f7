import {
  moneyFromMinor,
  moneyToDecimal,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
} from '@ronghe/kernel';
import type { ReportDays, ReportRow, RowSink, Tx } from '@ronghe/platform';
import { agingBuckets, openOf } from '../aging/aging';
import { findAgingPage } from '../aging/aging.store';
import { chartOfAccounts, ledgerAccountOf } from '../ledger-account';

/** Most accounts that are read at once. */
const ACCOUNTS_PER_PAGE = 1000;

export const trialBalanceColumns = ['account', 'name', 'opening', 'debit', 'credit', 'closing'] as const;
export const agingColumns = ['accountId', ...agingBuckets, 'open', 'disputed', 'instalment'] as const;
export const deferredColumns = ['account', 'name', 'amount'] as const;

interface Booked {
  account: string;
  name: string;
  opening: Money;
  debit: Money;
  credit: Money;
}

/** Of each ledger account: what stood on it before the days (debit positive), what was booked on them, what stands after. Totals: opening and closing are 0.00, debit = credit. */
export async function writeTrialBalance(tx: Tx, days: ReportDays, sink: RowSink): Promise<ReportRow> {
  const booked = await readBooked(tx, days);
  await sink(
    booked.map((each) => ({
      account: each.account,
      name: each.name,
      opening: moneyToDecimal(each.opening),
      debit: moneyToDecimal(each.debit),
      credit: moneyToDecimal(each.credit),
      closing: moneyToDecimal(closingOf(each)),
    })),
  );
  return {
    opening: moneyToDecimal(sumMoney(booked.map(({ opening }) => opening))),
    debit: moneyToDecimal(sumMoney(booked.map(({ debit }) => debit))),
    credit: moneyToDecimal(sumMoney(booked.map(({ credit }) => credit))),
    closing: moneyToDecimal(sumMoney(booked.map(closingOf))),
  };
}

/** What customers have paid and not had yet, at the end of the last day: prepayments, credit, deposits. */
export async function writeDeferred(tx: Tx, days: ReportDays, sink: RowSink): Promise<ReportRow> {
  const { prepayment, customerCredit, deposit } = chartOfAccounts;
  const booked = await readBooked(tx, days);
  const rows = [prepayment, customerCredit, deposit].map(({ code, name }) => {
    const own = booked.find(({ account }) => account === code);
    return {
      account: code,
      name: name['zh-CN'],
      amount: subtractMoney(zeroMoney, own ? closingOf(own) : zeroMoney),
    };
  });
  await sink(rows.map((row) => ({ ...row, amount: moneyToDecimal(row.amount) })));
  return { amount: moneyToDecimal(sumMoney(rows.map(({ amount }) => amount))) };
}

/** What each account owes now, by how long it has been late. Σ buckets = open. */
export async function writeAging(tx: Tx, sink: RowSink): Promise<ReportRow> {
  const names = agingColumns.filter((column) => column !== 'accountId');
  const totals = new Map<string, Money>();
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof findAgingPage>> = await findAgingPage(tx, {
      after,
      limit: ACCOUNTS_PER_PAGE,
    });
    const rows = page.map(({ accountId, aging }) => ({
      accountId,
      amounts: { ...aging, open: openOf(aging) },
    }));
    for (const { amounts } of rows)
      for (const name of names) totals.set(name, sumMoney([totals.get(name) ?? zeroMoney, amounts[name]]));
    await sink(
      rows.map(({ accountId, amounts }) => ({
        accountId,
        ...Object.fromEntries(names.map((name) => [name, moneyToDecimal(amounts[name])])),
      })),
    );
    after = page.at(-1)?.accountId ?? null;
    if (after === null || page.length < ACCOUNTS_PER_PAGE) break;
  }
  return Object.fromEntries(names.map((name) => [name, moneyToDecimal(totals.get(name) ?? zeroMoney)]));
}

async function readBooked(tx: Tx, { from, to }: ReportDays): Promise<Booked[]> {
  const rows = await tx.query<Record<'account' | 'opening' | 'debit' | 'credit', string>>(
    `select line->>'account' as account,
            coalesce(sum((line->>'debit')::bigint - (line->>'credit')::bigint) filter (where booked_at < $1), 0)::text as opening,
            coalesce(sum((line->>'debit')::bigint) filter (where booked_at >= $1), 0)::text as debit,
            coalesce(sum((line->>'credit')::bigint) filter (where booked_at >= $1), 0)::text as credit
     from receivables.journal_entry, jsonb_array_elements(lines) as line
     where booked_at < $2 group by 1 order by 1`,
    [from, to],
  );
  return rows.map((row) => ({
    account: row.account,
    name: ledgerAccountOf(row.account)?.name['zh-CN'] ?? '',
    opening: fen(row.opening),
    debit: fen(row.debit),
    credit: fen(row.credit),
  }));
}

function closingOf({ opening, debit, credit }: Booked): Money {
  return subtractMoney(sumMoney([opening, debit]), credit);
}

function fen(text: string): Money {
  return moneyFromMinor(BigInt(text));
}
