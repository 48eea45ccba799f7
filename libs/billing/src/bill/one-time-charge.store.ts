import type { Tx } from '@ronghe/platform';
import type { OneTimeCharge } from './one-time-charge';

/** Writes a charge; it waits for the account's next bill. */
export async function insertOneTimeCharge(tx: Tx, charge: OneTimeCharge): Promise<void> {
  await tx.execute(
    `insert into billing.one_time_charge
       (lane, charge_id, account_id, charge_class, label, amount_fen, tax_class, service_date, requested_at, bill_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null)`,
    [
      charge.lane,
      charge.chargeId,
      charge.accountId,
      charge.chargeClass,
      charge.label,
      charge.amount.toString(),
      charge.taxClass,
      charge.serviceDate,
      tx.now,
    ],
  );
}
