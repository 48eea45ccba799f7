import { localDateOf } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { isPolicyInForce } from '@ronghe/rating';
import { readDeliveryPolicies } from '../delivery/delivery-wish.store';
import { AT_ONCE } from './attempt';

const published = 'unnest($1::smallint[], $2::uuid[]) as published (lane, bill_id)';

/**
 * Notes what follows from the publication of bills of a lane, in the same transaction: their delivery by what each account
 * wishes, and their tax invoices. A credit note is invoiced where its account has an invoice that it may take back.
 */
export async function noteDocuments(
  tx: Tx,
  { lanes, billIds, zone }: { lanes: readonly number[]; billIds: readonly string[]; zone: string },
): Promise<void> {
  const today = localDateOf(tx.now, zone);
  const policy = (await readDeliveryPolicies(tx)).find((each) => isPolicyInForce(each, today));
  if (!policy) return;
  await tx.execute(
    `insert into billing.bill_delivery
       (lane, bill_id, no, account_id, channel, address, language, attachments, requested_at, state, next_try_at)
     select bill.lane, bill_id, 1, bill.account_id, coalesce(wish.channel, $3), wish.address, coalesce(wish.language, $4),
            coalesce(wish.attachments, $5), $6, 'waiting', $7
     from billing.bill join ${published} using (lane, bill_id)
     left join billing.delivery_wish as wish on wish.lane = bill.lane and wish.account_id = bill.account_id
     where coalesce(wish.channel, $3) <> 'none'
     on conflict do nothing`,
    [lanes, billIds, policy.channel, policy.language, JSON.stringify(policy.attachments), tx.now, AT_ONCE],
  );
  await tx.execute(
    `insert into billing.tax_invoice (lane, bill_id, no, account_id, requested_at, state, next_try_at)
     select bill.lane, bill_id, 1, bill.account_id, $4, 'waiting', $5
     from billing.bill join ${published} using (lane, bill_id)
     left join billing.delivery_wish as wish on wish.lane = bill.lane and wish.account_id = bill.account_id
     where total_fen <> 0
       and (coalesce(wish.wants_tax_invoice, $3)
            or (total_fen < 0 and exists (select from billing.tax_invoice as own
                                          where own.lane = bill.lane and own.account_id = bill.account_id)))
       and not exists (select from billing.statement as own where own.lane = bill.lane and own.bill_id = bill.bill_id)
     on conflict do nothing`,
    [lanes, billIds, policy.taxInvoices === 'all', tx.now, AT_ONCE],
  );
}
