import { DomainError, moneyFromDecimal, zeroMoney, type Instant, type Money } from '@ronghe/kernel';
import { assertBalanced, credit, debit, type JournalEntry } from '../journal-entry';

export type ShiftState = 'open' | 'counted' | 'closed';

/** A clerk's time at a till: open → counted → closed by somebody else. */
export interface CashierShift {
  shiftId: string;
  till: string;
  clerk: string;
  state: ShiftState;
  /** Cash that lay in the till at first. */
  float: Money;
  openedAt: Instant;
  /** Float + receipts, once counted. */
  expected: Money | null;
  counted: Money | null;
  approvedBy: string | null;
}

/** Cash that came in, or with a negative amount went out. */
export interface CashMoved {
  kind: string;
  referenceId: string;
  accountId: string;
  amount: Money;
}

/** A receipt's number: gap-free at each till. */
export function receiptNumber(till: string, sequence: bigint): string {
  return `${till}-${sequence.toString().padStart(8, '0')}`;
}

/** @throws DomainError('cash_amount_invalid', 'invalid') for a negative amount, or more than two decimals. */
export function cashAmount(text: string): Money {
  try {
    const amount = moneyFromDecimal(text);
    if (amount >= zeroMoney) return amount;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  throw new DomainError(
    'cash_amount_invalid',
    'invalid',
    'cash is an amount of yuan and fen, not below zero',
    {
      amount: text.slice(0, 40),
    },
  );
}

/** @throws DomainError('cash_amount_invalid', 'invalid') unless it is above zero. */
export function bankedAmount(text: string): Money {
  const amount = cashAmount(text);
  if (amount > zeroMoney) return amount;
  throw new DomainError('cash_amount_invalid', 'invalid', 'what is banked is more than nothing', {
    amount: text.slice(0, 40),
  });
}

/** What was counted more (cash grows) or less than expected, against the over/short account; none where nothing differs. */
export function differenceEntry(shift: CashierShift, at: Instant): JournalEntry[] {
  const difference = (shift.counted ?? zeroMoney) - (shift.expected ?? zeroMoney);
  if (difference === 0n) return [];
  const amount = difference as Money;
  const { shiftId } = shift;
  const lines = [...debit('cash', amount, shiftId), ...credit('cashOverShort', amount, shiftId)];
  const head = { kind: 'cash-difference' as const, referenceId: shiftId, period: null, bookedAt: at };
  return [assertBalanced({ ...head, lane: 0, accountId: shiftId, lines })];
}

/** Cash of a shift that was paid in at the bank. */
export interface CashBanked {
  bankingId: string;
  shiftId: string;
  amount: Money;
  at: Instant;
}

/** Cash becomes money at the bank. */
export function bankingEntry({ bankingId, shiftId, amount, at }: CashBanked): JournalEntry {
  const lines = [...debit('bank', amount, shiftId), ...credit('cash', amount, shiftId)];
  const head = { kind: 'cash-banked' as const, referenceId: bankingId, period: null, bookedAt: at };
  return assertBalanced({ ...head, lane: 0, accountId: shiftId, lines });
}
