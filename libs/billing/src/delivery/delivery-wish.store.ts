import type { BillDeliveryPolicy, DeliveryAttachment, DeliveryChannel } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';
import type { PageLanguage } from '../page/page-words';
import type { DeliveryWish } from './delivery';

interface WishRow {
  channel: DeliveryChannel;
  address: string | null;
  language: PageLanguage;
  attachments: DeliveryAttachment[];
  wants_tax_invoice: boolean;
  buyer_name: string | null;
  buyer_tax_number: string | null;
}

/** Every version of the policy on delivery. */
export async function readDeliveryPolicies(tx: Tx): Promise<BillDeliveryPolicy[]> {
  const rows = await tx.query<{ document: BillDeliveryPolicy }>(
    `select document from billing.policy where document->>'kind' = 'bill-delivery' order by version desc`,
  );
  return rows.map((row) => row.document);
}

/** Null: the account has not said anything. */
export async function findWish(
  tx: Tx,
  { lane, accountId }: { lane: number; accountId: string },
): Promise<DeliveryWish | null> {
  const [row] = await tx.query<WishRow>(
    `select channel, address, language, attachments, wants_tax_invoice, buyer_name, buyer_tax_number
     from billing.delivery_wish where lane = $1 and account_id = $2`,
    [lane, accountId],
  );
  if (!row) return null;
  return {
    lane,
    accountId,
    channel: row.channel,
    address: row.address,
    language: row.language,
    attachments: row.attachments,
    wantsTaxInvoice: row.wants_tax_invoice,
    buyerName: row.buyer_name,
    buyerTaxNumber: row.buyer_tax_number,
  };
}

/** Keeps what an account wishes from now on. */
export async function saveWish(tx: Tx, wish: DeliveryWish): Promise<void> {
  await tx.execute(
    `insert into billing.delivery_wish (lane, account_id, channel, address, language, attachments, wants_tax_invoice,
                                        buyer_name, buyer_tax_number, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (lane, account_id) do update
       set channel = excluded.channel, address = excluded.address, language = excluded.language,
           attachments = excluded.attachments, wants_tax_invoice = excluded.wants_tax_invoice,
           buyer_name = excluded.buyer_name, buyer_tax_number = excluded.buyer_tax_number,
           changed_at = excluded.changed_at`,
    [
      wish.lane,
      wish.accountId,
      wish.channel,
      wish.address,
      wish.language,
      JSON.stringify(wish.attachments),
      wish.wantsTaxInvoice,
      wish.buyerName,
      wish.buyerTaxNumber,
      tx.now,
    ],
  );
}
