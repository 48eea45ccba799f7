import {
  minMoney,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Instant,
  type Money,
} from '@ronghe/kernel';
import {
  entryOf,
  fundsAccount,
  type AccountLedger,
  type LedgerChange,
  type Reversal,
  type SourceKind,
  type StandingAllocation,
} from '../account-ledger';
import { credit, debit, type JournalLine, type MovementKind } from '../journal-entry';
import type { LedgerAccountName } from '../ledger-account';
import { afterAllocations, settleOldestFirst, type Allocation } from '../open-item';
import type { PaymentMethod } from '../payment';
import {
  allocationExceedsStanding,
  depositExceeded,
  nothingToAllocate,
  nothingWrittenOff,
  refundExceedsCredit,
} from '../receivables.errors';
import { assertWithinFunds, assertWithinOpen } from './target';

/** What identifies a movement's entry. */
export interface MovementHead {
  movementId: string;
  at: Instant;
}

/** Where an allocation's money goes when it is taken back. */
const takenBackTo: Readonly<Record<SourceKind, LedgerAccountName>> = {
  payment: 'customerCredit',
  'credit-note': 'customerCredit',
  credit: 'customerCredit',
  deposit: 'deposit',
  'write-off': 'badDebt',
};

/**
 * Pays bills with the account's credit: those that are named, or the oldest ones.
 * @throws DomainError `nothing_to_allocate`, `allocation_exceeds_open`, `allocation_exceeds_funds`.
 */
export function spendCredit(
  ledger: AccountLedger,
  head: MovementHead,
  targets: readonly Allocation[] = [],
): LedgerChange {
  assertWithinFunds(ledger.openItems, ledger.credit, targets);
  const oldest = () => settleOldestFirst(ledger.openItems, ledger.credit).allocations;
  const allocations = targets.length > 0 ? [...targets] : oldest();
  const spent = sumMoney(allocations.map(({ amount }) => amount));
  if (spent === zeroMoney) throw nothingToAllocate(ledger.accountId);
  const change = settled(ledger, { kind: 'credit-used', head, from: 'customerCredit' }, allocations);
  return { ...change, after: { ...change.after, credit: subtractMoney(ledger.credit, spent) } };
}

/**
 * Takes an allocation back, wholly or in part: the bill is owed again, and the money returns to where it came from: credit,
 * deposit, or the loss of a write-off.
 * @throws DomainError `allocation_exceeds_standing`.
 */
export function takeBack(
  ledger: AccountLedger,
  head: MovementHead,
  reversals: readonly Reversal[],
  kind: 'unallocation' | 'recovery' = 'unallocation',
): LedgerChange {
  for (const { allocation, amount } of reversals) {
    if (amount > allocation.amount || amount <= zeroMoney) throw allocationExceedsStanding(allocation);
  }
  const back = (account: LedgerAccountName) =>
    sumMoney(
      reversals
        .filter((each) => takenBackTo[each.allocation.sourceKind] === account)
        .map(({ amount }) => amount),
    );
  const [toCredit, toDeposit, toLoss] = [back('customerCredit'), back('deposit'), back('badDebt')];
  const { accountId } = ledger;
  const lines = [
    ...debit('receivable', sumMoney([toCredit, toDeposit, toLoss]), accountId),
    ...credit('customerCredit', toCredit, accountId),
    ...credit('deposit', toDeposit, accountId),
    ...credit('badDebt', toLoss, accountId),
  ];
  const reopened = reversals.map(({ allocation, amount }) => ({
    billId: allocation.billId,
    amount: negateMoney(amount),
  }));
  return {
    ...moved(ledger, kind, head, lines),
    reversed: reversals,
    after: {
      ...ledger,
      openItems: afterAllocations(ledger.openItems, reopened),
      credit: sumMoney([ledger.credit, toCredit]),
      deposit: sumMoney([ledger.deposit, toDeposit]),
    },
  };
}

/** As much of the newest allocations as makes up an amount, or less where there is less. */
export function reversalsOf(standing: readonly StandingAllocation[], amount: Money): Reversal[] {
  const reversals: Reversal[] = [];
  let left = amount;
  for (const allocation of standing) {
    const part = minMoney(left, allocation.amount);
    if (part <= zeroMoney) break;
    reversals.push({ allocation, amount: part });
    left = subtractMoney(left, part);
  }
  return reversals;
}

/** Credit was somebody else's money: it is not identified again. @throws DomainError `refund_exceeds_credit`. */
export function creditToUnidentified(ledger: AccountLedger, head: MovementHead, amount: Money): LedgerChange {
  if (amount > ledger.credit) throw refundExceedsCredit(amount, ledger.credit);
  const lines = [
    ...debit('customerCredit', amount, ledger.accountId),
    ...credit('unidentified', amount, ledger.accountId),
  ];
  const change = moved(ledger, 'receipt-unmatched', head, lines);
  return { ...change, after: { ...ledger, credit: subtractMoney(ledger.credit, amount) } };
}

/** Pays credit out. @throws DomainError `refund_exceeds_credit`. */
export function refundCredit(
  ledger: AccountLedger,
  head: MovementHead,
  { amount, method }: { amount: Money; method: PaymentMethod },
): LedgerChange {
  if (amount > ledger.credit) throw refundExceedsCredit(amount, ledger.credit);
  const lines = [
    ...debit('customerCredit', amount, ledger.accountId),
    ...credit(fundsAccount(method), amount, ledger.accountId),
  ];
  const change = moved(ledger, 'refund', head, lines);
  return { ...change, after: { ...ledger, credit: subtractMoney(ledger.credit, amount) } };
}

/** Takes a deposit: it secures what will be owed and pays nothing yet. */
export function takeDeposit(
  ledger: AccountLedger,
  head: MovementHead,
  { amount, method }: { amount: Money; method: PaymentMethod },
): LedgerChange {
  const lines = [
    ...debit(fundsAccount(method), amount, ledger.accountId),
    ...credit('deposit', amount, ledger.accountId),
  ];
  const change = moved(ledger, 'deposit-taken', head, lines);
  return { ...change, after: { ...ledger, deposit: sumMoney([ledger.deposit, amount]) } };
}

/** Gives a deposit or a part of it back. @throws DomainError `deposit_exceeded`. */
export function returnDeposit(
  ledger: AccountLedger,
  head: MovementHead,
  { amount, method }: { amount: Money; method: PaymentMethod },
): LedgerChange {
  if (amount > ledger.deposit) throw depositExceeded(amount, ledger.deposit);
  const lines = [
    ...debit('deposit', amount, ledger.accountId),
    ...credit(fundsAccount(method), amount, ledger.accountId),
  ];
  const change = moved(ledger, 'deposit-returned', head, lines);
  return { ...change, after: { ...ledger, deposit: subtractMoney(ledger.deposit, amount) } };
}

/**
 * Pays arrears, the oldest first, with up to so much of the deposit; bills that are not late stay.
 * @throws DomainError `deposit_exceeded`, `nothing_to_allocate`.
 */
export function useDeposit(ledger: AccountLedger, head: MovementHead, amount: Money): LedgerChange {
  if (amount > ledger.deposit) throw depositExceeded(amount, ledger.deposit);
  const arrears = ledger.openItems.filter((item) => item.dueAt <= head.at);
  const { allocations, rest } = settleOldestFirst(arrears, amount);
  if (allocations.length === 0) throw nothingToAllocate(ledger.accountId);
  const change = settled(ledger, { kind: 'deposit-used', head, from: 'deposit' }, allocations);
  const deposit = subtractMoney(ledger.deposit, subtractMoney(amount, rest));
  return { ...change, after: { ...change.after, deposit } };
}

/** Gives up a bill or a part of it as a loss. @throws DomainError `allocation_exceeds_open`. */
export function writeOff(ledger: AccountLedger, head: MovementHead, target: Allocation): LedgerChange {
  assertWithinOpen(ledger.openItems, [target]);
  return settled(ledger, { kind: 'write-off', head, from: 'badDebt' }, [target]);
}

/**
 * A part of a loss is owed again, because it is being paid after all.
 * @throws DomainError `nothing_written_off` where less of the bill was written off.
 */
export function recover(
  ledger: AccountLedger,
  head: MovementHead,
  { standing, amount, billId }: { standing: readonly StandingAllocation[]; amount: Money; billId: string },
): LedgerChange {
  const losses = standing.filter(({ sourceKind }) => sourceKind === 'write-off');
  const reversals = reversalsOf(losses, amount);
  const found = sumMoney(reversals.map((reversal) => reversal.amount));
  if (found < amount) throw nothingWrittenOff(billId, found);
  return takeBack(ledger, head, reversals, 'recovery');
}

/** Settles items from a fund or as a loss; the caller takes it off the fund. */
function settled(
  ledger: AccountLedger,
  { kind, head, from }: { kind: MovementKind; head: MovementHead; from: LedgerAccountName },
  allocations: Allocation[],
): LedgerChange {
  const total = sumMoney(allocations.map(({ amount }) => amount));
  const lines = [...debit(from, total, ledger.accountId), ...credit('receivable', total, ledger.accountId)];
  return {
    ...moved(ledger, kind, head, lines),
    allocations,
    after: { ...ledger, openItems: afterAllocations(ledger.openItems, allocations) },
  };
}

function moved(
  ledger: AccountLedger,
  kind: MovementKind,
  { movementId, at }: MovementHead,
  lines: JournalLine[],
): LedgerChange {
  const entries = entryOf(ledger, { kind, referenceId: movementId, period: null, bookedAt: at }, lines);
  return { entries, opened: null, allocations: [], after: ledger };
}
