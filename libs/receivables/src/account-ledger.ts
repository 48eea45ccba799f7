import type { BillPublished } from '@ronghe/contracts';
import {
  minMoney,
  moneyFromDecimal,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Instant,
  type Money,
} from '@ronghe/kernel';
import { assertBalanced, credit, debit, type JournalEntry, type JournalLine } from './journal-entry';
import { afterAllocations, settleOldestFirst, type Allocation, type OpenItem } from './open-item';
import type { PaymentMethod } from './payment';

/** What one account owes and has too much. Its receivable is Σ open; both are kept in the control accounts' sub-ledgers. */
export interface AccountLedger {
  accountId: string;
  lane: number;
  openItems: OpenItem[];
  credit: Money;
}

/** What a fact does to the ledger: everything to write, and the ledger afterwards. */
export interface LedgerChange {
  entries: JournalEntry[];
  /** The open item of a new bill, already reduced by credit; null for payments and credit notes. */
  opened: OpenItem | null;
  allocations: Allocation[];
  after: AccountLedger;
}

/** A payment as it reached the counter. */
export interface PaymentFact {
  paymentId: string;
  amount: Money;
  method: PaymentMethod;
  receivedAt: Instant;
}

/**
 * Posts a bill: receivable against revenue and tax. Customer credit is used at once. A negative bill (credit note)
 * settles open items oldest first, and what is left becomes customer credit.
 */
export function applyBill(ledger: AccountLedger, bill: BillPublished): LedgerChange {
  const total = moneyFromDecimal(bill.total);
  const posting = entryOf(
    ledger,
    { kind: 'bill', referenceId: bill.billId, period: bill.period, bookedAt: bill.issuedAt },
    [
      ...debit('receivable', total, ledger.accountId),
      ...bill.taxes.flatMap(({ gross, tax }) => [
        ...credit('revenue', subtractMoney(moneyFromDecimal(gross), moneyFromDecimal(tax)), ledger.accountId),
        ...credit('taxPayable', moneyFromDecimal(tax), ledger.accountId),
      ]),
    ],
  );
  const change = total < zeroMoney ? applyCreditNote(ledger, bill, total) : applyDebt(ledger, bill, total);
  return { ...change, entries: [...posting, ...change.entries] };
}

/** Posts a payment: cash or bank against the receivable, oldest bill first; an over-payment becomes customer credit. */
export function applyPayment(ledger: AccountLedger, payment: PaymentFact): LedgerChange {
  const { allocations, rest } = settleOldestFirst(ledger.openItems, payment.amount);
  const entries = entryOf(
    ledger,
    { kind: 'payment', referenceId: payment.paymentId, period: null, bookedAt: payment.receivedAt },
    [
      ...debit(payment.method === 'cash' ? 'cash' : 'bank', payment.amount, ledger.accountId),
      ...credit('receivable', subtractMoney(payment.amount, rest), ledger.accountId),
      ...credit('customerCredit', rest, ledger.accountId),
    ],
  );
  const openItems = afterAllocations(ledger.openItems, allocations);
  const after = { ...ledger, openItems, credit: sumMoney([ledger.credit, rest]) };
  return { entries, opened: null, allocations, after };
}

/** What the account owes: Σ open − credit; negative when it has too much. */
export function balanceDue(ledger: AccountLedger): Money {
  return subtractMoney(sumMoney(ledger.openItems.map((item) => item.open)), ledger.credit);
}

function applyDebt(ledger: AccountLedger, bill: BillPublished, total: Money): LedgerChange {
  const used = minMoney(ledger.credit, total);
  const opened: OpenItem = {
    billId: bill.billId,
    accountId: ledger.accountId,
    number: bill.number,
    period: bill.period,
    issuedAt: bill.issuedAt,
    dueAt: bill.dueAt,
    amount: total,
    open: subtractMoney(total, used),
  };
  const entries = entryOf(
    ledger,
    { kind: 'credit-applied', referenceId: bill.billId, period: bill.period, bookedAt: bill.issuedAt },
    [...debit('customerCredit', used, ledger.accountId), ...credit('receivable', used, ledger.accountId)],
  );
  const after = {
    ...ledger,
    openItems: [...ledger.openItems, opened],
    credit: subtractMoney(ledger.credit, used),
  };
  const allocations = used > zeroMoney ? [{ billId: bill.billId, amount: used }] : [];
  return { entries, opened, allocations, after };
}

function applyCreditNote(ledger: AccountLedger, bill: BillPublished, total: Money): LedgerChange {
  const { allocations, rest } = settleOldestFirst(ledger.openItems, negateMoney(total));
  const entries = entryOf(
    ledger,
    { kind: 'credit-granted', referenceId: bill.billId, period: bill.period, bookedAt: bill.issuedAt },
    [...debit('receivable', rest, ledger.accountId), ...credit('customerCredit', rest, ledger.accountId)],
  );
  const openItems = afterAllocations(ledger.openItems, allocations);
  return {
    entries,
    opened: null,
    allocations,
    after: { ...ledger, openItems, credit: sumMoney([ledger.credit, rest]) },
  };
}

/** One balanced entry, or none when nothing is posted. */
function entryOf(
  { lane, accountId }: AccountLedger,
  head: Pick<JournalEntry, 'kind' | 'referenceId' | 'period' | 'bookedAt'>,
  lines: JournalLine[],
): JournalEntry[] {
  return lines.length === 0 ? [] : [assertBalanced({ ...head, lane, accountId, lines })];
}
