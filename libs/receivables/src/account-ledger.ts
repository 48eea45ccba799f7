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
import { afterAllocations, type Allocation, type OpenItem } from './open-item';
import { settleTargets } from './settlement/target';
import type { PaymentMethod } from './payment';

/** What one account owes, has too much and left as a deposit. Its receivable is Σ open; all are kept in the control accounts' sub-ledgers. */
export interface AccountLedger {
  accountId: string;
  lane: number;
  openItems: OpenItem[];
  credit: Money;
  deposit: Money;
}

/** What a fact does to the ledger: everything to write, and the ledger afterwards. */
export interface LedgerChange {
  entries: JournalEntry[];
  /** The open item of a new bill, already reduced by credit; null for payments and credit notes. */
  opened: OpenItem | null;
  allocations: Allocation[];
  /** Allocations that no longer stand, or stand for less. */
  reversed?: readonly Reversal[];
  after: AccountLedger;
}

/** An allocation that stands, as it was stored. */
export interface StandingAllocation {
  allocationId: string;
  sourceId: string;
  sourceKind: SourceKind;
  billId: string;
  lineNo: number | null;
  amount: Money;
}

/** How much of an allocation is taken back. */
export interface Reversal {
  allocation: StandingAllocation;
  amount: Money;
}

/** What settled a bill. */
export type SourceKind = 'payment' | 'credit-note' | 'credit' | 'deposit' | 'write-off';

/** A payment as it reached the counter. */
export interface PaymentFact {
  paymentId: string;
  amount: Money;
  method: PaymentMethod;
  receivedAt: Instant;
  /** Where the money is already booked: an unidentified receipt. Absent: it comes now, as the method says. */
  from?: 'unidentified' | undefined;
}

/**
 * Posts a bill: receivable against revenue and tax. Customer credit is used at once. A negative bill (credit note)
 * settles the bill that it credits, then open items oldest first, and what is left becomes customer credit.
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

/**
 * Posts a payment: cash or bank against the receivable, first what it is for, then the oldest bill first; an over-payment
 * becomes customer credit.
 * @throws DomainError `allocation_exceeds_open`, `allocation_exceeds_funds`.
 */
export function applyPayment(
  ledger: AccountLedger,
  payment: PaymentFact,
  targets: readonly Allocation[] = [],
): LedgerChange {
  const { allocations, rest } = settleTargets(ledger.openItems, payment.amount, targets);
  const entries = entryOf(
    ledger,
    { kind: 'payment', referenceId: payment.paymentId, period: null, bookedAt: payment.receivedAt },
    [
      ...debit(payment.from ?? fundsAccount(payment.method), payment.amount, ledger.accountId),
      ...credit('receivable', subtractMoney(payment.amount, rest), ledger.accountId),
      ...credit('customerCredit', rest, ledger.accountId),
    ],
  );
  const openItems = afterAllocations(ledger.openItems, allocations);
  const after = { ...ledger, openItems, credit: sumMoney([ledger.credit, rest]) };
  return { entries, opened: null, allocations, after };
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
    disputed: zeroMoney,
    instalment: zeroMoney,
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
  const funds = negateMoney(total);
  const credited = ledger.openItems.find((item) => item.billId === bill.creditsBillId);
  const first = credited && credited.open > zeroMoney ? minMoney(credited.open, funds) : zeroMoney;
  const targets = credited && first > zeroMoney ? [{ billId: credited.billId, amount: first }] : [];
  const { allocations, rest } = settleTargets(ledger.openItems, funds, targets);
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

/** Cash stays in the hall's till, the rest is at the bank. */
export function fundsAccount(method: PaymentMethod): 'cash' | 'bank' {
  return method === 'cash' ? 'cash' : 'bank';
}

/** One balanced entry, or none when nothing is posted. */
export function entryOf(
  { lane, accountId }: AccountLedger,
  head: Pick<JournalEntry, 'kind' | 'referenceId' | 'period' | 'bookedAt'>,
  lines: JournalLine[],
): JournalEntry[] {
  return lines.length === 0 ? [] : [assertBalanced({ ...head, lane, accountId, lines })];
}
