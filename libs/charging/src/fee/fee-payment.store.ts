import { type Amount, amountFromMicro, columnArrays } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { feeId, type PrepaidFee } from './prepaid-fee';

/** What each money bucket has paid of fees, less what it got back, by fee id and bucket id. */
export async function findPaidOfFees(
  tx: Tx,
  fees: readonly PrepaidFee[],
): Promise<Map<string, Map<string, Amount>>> {
  const paid = new Map<string, Map<string, Amount>>();
  if (fees.length === 0) return paid;
  const rows = await tx.query<{ reference: string; bucket_id: string; paid: string }>(
    `select e.reference, e.bucket_id, (-sum(e.delta))::text as paid from charging.money_entry e
     join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, account_id, reference)
       using (lane, account_id, reference)
     where e.kind in ('fee', 'refund') group by e.reference, e.bucket_id`,
    columnArrays(
      fees,
      (fee) => fee.lane,
      (fee) => fee.accountId,
      (fee) => feeId(fee),
    ),
  );
  for (const { reference, bucket_id: bucketId, paid: amount } of rows) {
    const own = paid.get(reference) ?? new Map<string, Amount>();
    paid.set(reference, own.set(bucketId, amountFromMicro(BigInt(amount))));
  }
  return paid;
}
