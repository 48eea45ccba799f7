import type { ControlCheck } from '@ronghe/contracts';
import { checkNothing, type Tx } from '@ronghe/platform';
import { chartOfAccounts } from '../ledger-account';

/**
 * Checks of the tills, at rest: receipts have no gap and are what they are of, a counted shift expected its float and
 * receipts, what was over or short is booked, and cash that was banked is booked and was counted.
 */
export async function cashierChecks(tx: Tx): Promise<ControlCheck[]> {
  return [
    await checkNothing(tx, 'cash-receipts', receiptsThatDiffer),
    await checkNothing(tx, 'till-numbers', numbersThatDiffer),
    await checkNothing(tx, 'shifts-expected', shiftsThatDiffer),
    await checkNothing(tx, 'shifts-booked', differencesThatDiffer),
    await checkNothing(tx, 'cash-banked', bankingsThatDiffer),
    await checkNothing(tx, 'cash-counted', shiftsBankedTwice),
  ];
}

const receiptsThatDiffer = `
  select count(*) as count from receivables.cash_receipt as receipt
  left join receivables.account as known on known.account_id = receipt.account_id
  left join receivables.payment on payment.lane = known.lane and payment.payment_id = receipt.reference_id
  left join receivables.movement on movement.lane = known.lane and movement.movement_id = receipt.reference_id
  where abs(receipt.amount_fen) is distinct from coalesce(payment.amount_fen, movement.amount_fen)`;

const numbersThatDiffer = `
  select count(*) as count from receivables.till
  left join (select till, count(*) as receipts, max(sequence) as last from receivables.cash_receipt group by 1) as given
    using (till)
  where till.last_sequence <> coalesce(given.receipts, 0) or till.last_sequence <> coalesce(given.last, 0)`;

const shiftsThatDiffer = `
  select count(*) as count from receivables.cashier_shift as shift
  left join (select shift_id, sum(amount_fen) as moved from receivables.cash_receipt group by 1) as receipts using (shift_id)
  where shift.state <> 'open' and shift.expected_fen is distinct from shift.float_fen + coalesce(receipts.moved, 0)`;

const differencesThatDiffer = `
  select count(*) as count from receivables.cashier_shift as shift
  full join (
    select reference_id, sum((line->>'debit')::bigint - (line->>'credit')::bigint) as fen
    from receivables.journal_entry, jsonb_array_elements(lines) as line
    where lane = 0 and kind = 'cash-difference' and line->>'account' = '${chartOfAccounts.cash.code}' group by 1
  ) as entry on entry.reference_id = shift.shift_id
  where coalesce(entry.fen, 0) is distinct from
    case when shift.state = 'closed' then shift.counted_fen - shift.expected_fen else 0 end`;

const bankingsThatDiffer = `
  select count(*) as count from receivables.cash_banking as banking
  full join (
    select reference_id, sum((line->>'debit')::bigint) as fen
    from receivables.journal_entry, jsonb_array_elements(lines) as line
    where lane = 0 and kind = 'cash-banked' group by 1
  ) as entry on entry.reference_id = banking.banking_id
  where entry.fen is distinct from banking.amount_fen`;

const shiftsBankedTwice = `
  select count(*) as count from receivables.cashier_shift as shift
  join (select shift_id, sum(amount_fen) as banked from receivables.cash_banking group by 1) as banking using (shift_id)
  where banking.banked > shift.counted_fen or shift.state <> 'closed'`;
