import { DomainError, moneyToDecimal, type Money } from '@ronghe/kernel';

/**
 * | code                  | kind      | when                                                            |
 * |-----------------------|-----------|-----------------------------------------------------------------|
 * | bill_not_open         | conflict  | nothing is open of the bill, or the account has no such bill    |
 * | dispute_exceeds_open  | conflict  | more than is open and neither disputed nor in instalments       |
 * | dispute_exceeds_line  | conflict  | more than the line comes to, less what is disputed of it        |
 * | line_not_found        | not_found | the bill has no such line                                       |
 * | dispute_not_found     | not_found | no such dispute                                                 |
 * | dispute_not_open      | conflict  | it has been decided                                             |
 * | reason_missing        | invalid   | no reason was given                                             |
 * | promise_date_invalid  | invalid   | a promise to pay for a day before today, or too far ahead       |
 * | account_never_billed  | conflict  | the account has had no bill that could be late                  |
 * | late_fee_not_there    | conflict  | the bill has no late fee of that much to waive                  |
 */
export function billNotOpen(billId: string): DomainError {
  return new DomainError('bill_not_open', 'conflict', 'nothing is open of this bill', {
    billId: billId.slice(0, 60),
  });
}

/** Only what is open can be disputed, each fen once. */
export function disputeExceedsOpen(billId: string, free: Money): DomainError {
  return new DomainError(
    'dispute_exceeds_open',
    'conflict',
    'more than is open and undisputed of this bill',
    {
      billId,
      open: moneyToDecimal(free),
    },
  );
}

/** A line is disputed for what it comes to at most, each fen once. */
export function disputeExceedsLine(billId: string, lineNo: number, left: Money): DomainError {
  return new DomainError('dispute_exceeds_line', 'conflict', 'more than is undisputed of this line', {
    ...{ billId, lineNo },
    left: moneyToDecimal(left),
  });
}

/** Unknown id. */
export function disputeNotFound(disputeId: string): DomainError {
  return new DomainError('dispute_not_found', 'not_found', 'no such dispute', {
    disputeId: disputeId.slice(0, 60),
  });
}

/** Decided already. */
export function disputeNotOpen(disputeId: string): DomainError {
  return new DomainError('dispute_not_open', 'conflict', 'the dispute has been decided', { disputeId });
}

/** Whoever makes an exception says why. */
export function reasonMissing(): DomainError {
  return new DomainError('reason_missing', 'invalid', 'a reason is needed');
}

/** A promise holds from today on, for a limited time. */
export function promiseDateInvalid(until: string, latest: string): DomainError {
  return new DomainError(
    'promise_date_invalid',
    'invalid',
    'a promise ends between today and its latest day',
    {
      until: until.slice(0, 20),
      latest,
    },
  );
}

/** Nothing to dun. */
export function accountNeverBilled(accountId: string): DomainError {
  return new DomainError('account_never_billed', 'conflict', 'the account has had no bill to pay', {
    accountId,
  });
}

/** Only what accrued can be waived. */
export function lateFeeNotThere(billId: string, fee: Money): DomainError {
  return new DomainError('late_fee_not_there', 'conflict', 'the bill has no such late fee to waive', {
    billId: billId.slice(0, 60),
    fee: moneyToDecimal(fee),
  });
}
