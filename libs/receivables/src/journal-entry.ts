import {
  DomainError,
  moneyFromMinor,
  negateMoney,
  sumMoney,
  zeroMoney,
  type Instant,
  type Money,
} from '@ronghe/kernel';
import { chartOfAccounts, type LedgerAccountName } from './ledger-account';

/** One side of an entry: exactly one of debit and credit is positive, the other is zero. */
export interface JournalLine {
  /** Code in the chart of accounts. */
  account: string;
  /** Whose sub-ledger a control account's line belongs to; null elsewhere. */
  subAccount: string | null;
  debit: Money;
  credit: Money;
}

/** Why an entry was made; (kind, referenceId) is its identity, so that nothing is posted twice. */
export type EntryKind =
  | 'bill'
  | 'payment'
  | 'credit-granted'
  | 'credit-applied'
  | 'top-up'
  | 'consumption'
  | 'receipt'
  | 'receipt-returned'
  | 'cash-difference'
  | 'cash-banked'
  | MovementKind;

/** What people do to an account's money besides bills and payments; its entry's reference is the movement. */
export const movementKinds = [
  'credit-used',
  'unallocation',
  'refund',
  'deposit-taken',
  'deposit-returned',
  'deposit-used',
  'write-off',
  'recovery',
  'receipt-unmatched',
] as const;
export type MovementKind = (typeof movementKinds)[number];

/** A balanced set of lines, written once and never changed. */
export interface JournalEntry {
  lane: number;
  kind: EntryKind;
  /** Bill, payment, receipt, movement, or the consumption of a day. */
  referenceId: string;
  accountId: string;
  /** Bill period of a bill's entry; null for payments. */
  period: string | null;
  /** Business time. */
  bookedAt: Instant;
  lines: JournalLine[];
}

/** A debit line; a negative amount becomes a credit, zero no line at all. */
export function debit(account: LedgerAccountName, amount: Money, accountId: string): JournalLine[] {
  return line(account, amount, accountId);
}

/** A credit line; a negative amount becomes a debit, zero no line at all. */
export function credit(account: LedgerAccountName, amount: Money, accountId: string): JournalLine[] {
  return line(account, negateMoney(amount), accountId);
}

/** Σ debit − Σ credit over all lines, or over those of one account. A whole entry's is zero. */
export function balanceOf(lines: readonly JournalLine[], account?: LedgerAccountName): Money {
  const code = account && chartOfAccounts[account].code;
  const counted = code === undefined ? lines : lines.filter((entry) => entry.account === code);
  return moneyFromMinor(
    sumMoney(counted.map((entry) => entry.debit)) - sumMoney(counted.map((entry) => entry.credit)),
  );
}

/** @throws DomainError('entry_not_balanced', 'invalid'): a defect of the posting rule, refused before the database does. */
export function assertBalanced(entry: JournalEntry): JournalEntry {
  const difference = balanceOf(entry.lines);
  if (difference !== zeroMoney || entry.lines.length < 2) {
    throw new DomainError('entry_not_balanced', 'invalid', 'debits and credits differ', {
      kind: entry.kind,
      referenceId: entry.referenceId,
      difference: difference.toString(),
    });
  }
  return entry;
}

function line(name: LedgerAccountName, signedDebit: Money, accountId: string): JournalLine[] {
  if (signedDebit === zeroMoney) return [];
  const { code, isControl } = chartOfAccounts[name];
  const isDebit = signedDebit > zeroMoney;
  return [
    {
      account: code,
      subAccount: isControl ? accountId : null,
      debit: isDebit ? signedDebit : zeroMoney,
      credit: isDebit ? zeroMoney : negateMoney(signedDebit),
    },
  ];
}
