import { moneyFromMinor } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { ledgerAccountOf, type TrialBalanceRow } from './ledger-account';

/** Debits and credits of every ledger account that has lines, in the order of their codes. Read at rest, over all lanes. */
export async function readTrialBalance(tx: Tx): Promise<TrialBalanceRow[]> {
  const rows = await tx.query<{ account: string; debit: string; credit: string }>(
    `select line->>'account' as account, sum((line->>'debit')::bigint)::text as debit,
            sum((line->>'credit')::bigint)::text as credit
     from receivables.journal_entry, jsonb_array_elements(lines) as line
     group by 1 order by 1`,
  );
  return rows.map((row) => {
    const account = ledgerAccountOf(row.account);
    if (!account) throw new Error(`ledger account ${row.account} is not in the chart`);
    return { account, debit: moneyFromMinor(BigInt(row.debit)), credit: moneyFromMinor(BigInt(row.credit)) };
  });
}
