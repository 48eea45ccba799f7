import type { ControlCheck } from '@ronghe/contracts';
import { moneyFromMinor, moneyToDecimal } from '@ronghe/kernel';
import { checkNothing, type Tx } from '@ronghe/platform';
import { movementKinds } from '../journal-entry';
import { chartOfAccounts } from '../ledger-account';

/**
 * Checks of what is done with money, over all lanes, at rest: deposits equal their control account, each bill's amount less
 * what settled it is open, each movement and payment is posted with its amount, unidentified receipts equal theirs.
 */
export async function settlementChecks(tx: Tx): Promise<ControlCheck[]> {
  return [
    await checkNothing(tx, 'items-settled', itemsThatDiffer),
    await checkNothing(tx, 'movements-posted', movementsThatDiffer),
    await checkNothing(tx, 'payments-posted', paymentsThatDiffer),
    await pair(tx, 'deposit-postings', chartOfAccounts.deposit.code, deposits),
    await pair(tx, 'unidentified-receipts', chartOfAccounts.unidentified.code, unidentified),
  ];
}

async function pair(tx: Tx, name: string, code: string, sql: string): Promise<ControlCheck> {
  const [posted] = await tx.query<{ fen: string }>(postedOn, [code]);
  const [kept] = await tx.query<{ fen: string }>(sql);
  return { name, scope: 'all', left: yuan(posted?.fen), right: yuan(kept?.fen) };
}

// A refund of a payment takes allocations back under its own id: that entry has no movement besides the refund.
const kinds = movementKinds.map((kind) => `'${kind}'`).join(', ');

const itemsThatDiffer = `
  select count(*) as count from receivables.open_item as item
  left join (
    select lane, bill_id, sum(amount_fen) as settled from receivables.allocation where reversed_at is null group by 1, 2
  ) as settlement using (lane, bill_id)
  where item.amount_fen - coalesce(settled, 0) <> item.open_fen`;

const movementsThatDiffer = `
  select count(*) as count
  from (select * from receivables.movement where kind in (${kinds})) as movement
  full join (
    select lane, kind, reference_id, sum((line->>'debit')::bigint) as fen
    from receivables.journal_entry, jsonb_array_elements(lines) as line
    where kind in (${kinds}) group by 1, 2, 3
  ) as entry
    on entry.lane = movement.lane and entry.reference_id = movement.movement_id and entry.kind = movement.kind
  where entry.fen is distinct from movement.amount_fen
    and not (movement.movement_id is null and exists (
      select from receivables.movement as refund
      where refund.lane = entry.lane and refund.movement_id = entry.reference_id
        and refund.kind in ('refund', 'receipt-unmatched')))`;

const paymentsThatDiffer = `
  select count(*) as count from receivables.payment
  full join (
    select lane, reference_id, sum((line->>'debit')::bigint) as fen
    from receivables.journal_entry, jsonb_array_elements(lines) as line
    where kind in ('payment', 'top-up') group by 1, 2
  ) as entry on entry.lane = payment.lane and entry.reference_id = payment.payment_id
  where entry.fen is distinct from payment.amount_fen`;

const postedOn = `
  select coalesce(sum((line->>'credit')::bigint - (line->>'debit')::bigint), 0)::text as fen
  from receivables.journal_entry, jsonb_array_elements(lines) as line where line->>'account' = $1`;
const deposits = `select coalesce(sum(deposit_fen), 0)::text as fen from receivables.account_ledger`;
const unidentified = `select coalesce(sum(amount_fen), 0)::text as fen from receivables.receipt where state = 'unmatched'`;

function yuan(fen: string | undefined): string {
  return moneyToDecimal(moneyFromMinor(BigInt(fen ?? 0)));
}
