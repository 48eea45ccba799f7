import { moneyFromMinor } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Bill } from '../bill/bill';
import { monthsEnding, type PeriodTotal } from './bill-chart';

/**
 * What the account of a bill was billed for each of the months that its chart shows, as it stood when the bill was issued:
 * a later bill changes nothing, so that a document can be made again as it was.
 */
export async function findHistory(tx: Tx, bill: Bill): Promise<PeriodTotal[]> {
  const months = monthsEnding(bill.period);
  const rows = await tx.query<{ period: string; total_fen: string }>(
    `select period, sum(total_fen)::text as total_fen from billing.bill
     where lane = $1 and account_id = $2 and period = any($3::text[]) and state = 'published'
       and (issued_at < $4 or (issued_at = $4 and bill_id <= $5))
     group by period order by period`,
    [bill.lane, bill.accountId, months, bill.issuedAt, bill.billId],
  );
  return rows.map((row) => ({ period: row.period, total: moneyFromMinor(BigInt(row.total_fen)) }));
}
