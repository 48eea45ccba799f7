import type { CommandInput } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal, groupBy } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** The job that has charging move the money. */
export const SETTLE_STATEMENTS = 'billing.settleStatements';

/** What charging is asked to do for a statement. */
export interface Settlement extends CommandInput<'charging.settleStatement'> {
  lane: number;
}

/** Notes what statements that are being published settle, by tax class. */
export async function insertSettlements(
  tx: Tx,
  statements: readonly { lane: number; bill_id: string }[],
): Promise<void> {
  if (statements.length === 0) return;
  const inserted = await tx.execute(
    `insert into billing.settlement (lane, bill_id, tax_class, account_id, micro)
     select line.lane, line.bill_id, tax_class, bill.account_id, sum(exact_settled_micro)
     from billing.bill_line as line
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, bill_id)
       on wanted.lane = line.lane and wanted.bill_id = line.bill_id
     join billing.bill on bill.lane = line.lane and bill.bill_id = line.bill_id
     where exact_settled_micro <> 0
     group by line.lane, line.bill_id, tax_class, bill.account_id having sum(exact_settled_micro) <> 0`,
    [statements.map(({ lane }) => lane), statements.map((statement) => statement.bill_id)],
  );
  if (inserted > 0) tx.enqueue(SETTLE_STATEMENTS, {});
}

/** Statements of which the money has not moved, at most `limit`. */
export async function findOpenSettlements(tx: Tx, limit: number): Promise<Settlement[]> {
  const rows = await tx.query<
    Record<'bill_id' | 'account_id' | 'tax_class' | 'micro', string> & { lane: number }
  >(
    `select lane, bill_id, account_id, tax_class, micro from billing.settlement
     join (select distinct bill_id from billing.settlement where settled_at is null order by bill_id limit $1) as open
       using (bill_id)
     where settled_at is null order by bill_id, tax_class`,
    [limit],
  );
  return [...groupBy(rows, (row) => row.bill_id).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const amounts = own.map(({ tax_class: taxClass, micro }) => ({
      taxClass,
      amount: amountToDecimal(amountFromMicro(BigInt(micro))),
    }));
    return [{ lane: first.lane, billId: first.bill_id, accountId: first.account_id, amounts }];
  });
}

/** Whether there are any. */
export async function hasOpenSettlements(tx: Tx): Promise<boolean> {
  const rows = await tx.query(`select 1 from billing.settlement where settled_at is null limit 1`);
  return rows.length > 0;
}

/** Notes that charging has done it. */
export async function saveSettled(tx: Tx, settled: readonly Settlement[]): Promise<void> {
  await tx.execute(
    `update billing.settlement as own set settled_at = $3
     from unnest($1::smallint[], $2::uuid[]) as done (lane, bill_id)
     where own.lane = done.lane and own.bill_id = done.bill_id and settled_at is null`,
    [settled.map(({ lane }) => lane), settled.map(({ billId }) => billId), tx.now],
  );
}
