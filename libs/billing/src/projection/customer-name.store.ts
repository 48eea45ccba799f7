import type { Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** A name from when customer told it. */
export interface CustomerName {
  customerId: string;
  /** Of the customer's events. */
  version: number;
  name: string;
  knownFrom: Instant;
}

/** Keeps a name where it is another than the one before; a repeated event changes nothing. */
export async function saveCustomerName(tx: Tx, told: CustomerName): Promise<void> {
  await tx.execute(
    `insert into billing.customer_name (customer_id, version, name, known_from)
     select $1::uuid, $2::integer, $3::text, $4::timestamptz
     where not exists (
       select from (select name from billing.customer_name
                    where customer_id = $1 and version <= $2 order by version desc limit 1) as before
       where before.name = $3)
     on conflict do nothing`,
    [told.customerId, told.version, told.name, told.knownFrom],
  );
}

/** What a customer was called at an instant, as was known then: a bill that is made again says the same. Null: nobody told. */
export async function customerNameAt(tx: Tx, customerId: string, at: Instant): Promise<string | null> {
  const [row] = await tx.query<{ name: string }>(
    `select name from billing.customer_name
     where customer_id = $1 and known_from <= $2 order by version desc limit 1`,
    [customerId, at],
  );
  return row?.name ?? null;
}
