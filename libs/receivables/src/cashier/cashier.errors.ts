import { DomainError, moneyToDecimal, type Money } from '@ronghe/kernel';

/**
 * | code                    | kind      | when                                                                    |
 * |-------------------------|-----------|-------------------------------------------------------------------------|
 * | cashier_shift_missing   | conflict  | cash without an open shift of the clerk, where shifts are needed        |
 * | cashier_shift_open      | conflict  | a shift at a till that is not closed, or of a clerk who is at one       |
 * | cashier_shift_not_found | not_found | no such shift                                                           |
 * | cashier_shift_state     | conflict  | a count of a shift that is not open, an approval of one not counted     |
 * | cashier_shift_clerk     | forbidden | a count by another clerk, or an approval by the clerk who counted       |
 * | cash_exceeds_counted    | conflict  | more banked of a closed shift than was counted and is not at the bank   |
 * | cash_amount_invalid     | invalid   | cash below zero, or with more than two decimals                         |
 */
export function shiftMissing(): DomainError {
  return new DomainError('cashier_shift_missing', 'conflict', 'open a shift at a till before cash is taken');
}

/** One shift of a till at a time, and of a clerk. */
export function shiftOpen(till: string): DomainError {
  return new DomainError('cashier_shift_open', 'conflict', 'the till or the clerk has a shift already', {
    till,
  });
}

/** What was counted can be banked once. */
export function exceedsCounted(left: Money): DomainError {
  return new DomainError('cash_exceeds_counted', 'conflict', 'more than is left of what was counted', {
    left: moneyToDecimal(left),
  });
}

/** No such shift. */
export function shiftNotFound(shiftId: string): DomainError {
  return new DomainError('cashier_shift_not_found', 'not_found', 'no such shift', { shiftId });
}

/** It has been counted or closed, or has not been counted yet. */
export function shiftState(state: string): DomainError {
  return new DomainError('cashier_shift_state', 'conflict', `the shift is ${state}`, { state });
}

/** The clerk counts, somebody else approves. */
export function shiftClerk(): DomainError {
  return new DomainError('cashier_shift_clerk', 'forbidden', 'the clerk counts, and somebody else approves');
}
