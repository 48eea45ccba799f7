import { DomainError, moneyToDecimal, type Money } from '@ronghe/kernel';

/**
 * | code                    | kind        | when                                                             |
 * |-------------------------|-------------|------------------------------------------------------------------|
 * | account_not_found       | not_found   | no account of this id has been opened                            |
 * | payment_amount_invalid  | invalid     | not a positive amount with at most two decimals                  |
 * | value_date_invalid      | invalid     | no day, one to come, or one more than a year ago                 |
 * | allocation_amount_invalid | invalid   | an allocation that is not positive                               |
 * | allocation_exceeds_open | conflict    | more than a bill, or a line of it, has open                      |
 * | allocation_exceeds_funds | invalid    | more than the payment or the credit has                          |
 * | allocation_exceeds_standing | conflict | more is taken back than the allocation stands for                |
 * | allocation_not_found    | not_found   | no such allocation of the account stands                         |
 * | nothing_to_allocate     | conflict    | there is no credit, or nothing that it may pay                   |
 * | refund_exceeds_credit   | conflict    | more is to be paid out than the account has too much             |
 * | refund_exceeds_payment  | conflict    | more of a payment is to be paid out than is left of it           |
 * | deposit_exceeded        | conflict    | more than the deposit that is left                               |
 * | nothing_written_off     | conflict    | more is recovered than was written off                           |
 * | bill_not_found          | not_found   | the account has no such bill                                     |
 * | line_not_found          | not_found   | the bill has no such line                                        |
 * | payment_not_found       | not_found   | no such payment of the account                                   |
 * | receipt_not_found       | not_found   | no receipt of this id                                            |
 * | receipt_is_matched      | conflict    | the receipt is somebody's payment already                        |
 * | receipt_is_returned     | conflict    | the receipt has been sent back                                   |
 * | receipt_not_matched     | conflict    | the receipt is nobody's payment                                  |
 * | receipt_differs         | conflict    | a gateway reports a transaction again with other content         |
 * | callback_refused        | forbidden   | a callback that is forged, too old, or of an unknown gateway     |
 * | callback_invalid        | invalid     | a signed callback that lacks something                           |
 * | statement_unreadable    | invalid     | no CSV, a column is missing, too long, or too large              |
 * | statement_source_unknown | not_found  | no mapping of bank statements has this code today                |
 * | statement_file_not_found | not_found  | no statement was imported under this id                          |
 * | instalment_parts_invalid | invalid    | not 1 to 36 positive parts on rising days after today            |
 * | instalment_sum_differs  | invalid     | the parts do not add up to what is late                          |
 * | instalment_plan_active  | conflict    | the account has a plan already                                   |
 * | instalment_plan_not_active | conflict | the account has no plan                                          |
 * | nothing_overdue         | conflict    | nothing of the bills is late                                     |
 * | refund_not_found        | not_found   | no such refund                                                   |
 * | payment_body_invalid    | invalid     | a body of TMF676 lacks an attribute or has one of another form   |
 * | account_not_prepaid     | conflict    | money in advance for an account that pays by bill                |
 * | top_up_out_of_bounds    | invalid     | a top-up below or above what the policy allows                   |
 * | top_up_not_found        | not_found   | no top-up of this payment                                        |
 * | balance_body_invalid    | invalid     | a body of TMF654 lacks an attribute or has one of another form   |
 * | entry_not_balanced      | invalid     | a posting rule made an entry whose debits and credits differ     |
 * | projection_behind       | unavailable | a bill came before its account did: the feed tries again         |
 */
export function accountNotFound(accountId: string): DomainError {
  return new DomainError('account_not_found', 'not_found', 'no such account', { accountId });
}

/** The account's event comes from another producer and is not here yet. */
export function accountNotYetKnown(accountId: string): DomainError {
  return new DomainError('projection_behind', 'unavailable', 'the account has not arrived yet', {
    accountId,
  });
}

/** Postpaid accounts owe bills; money in advance has nothing to be spent on. */
export function accountNotPrepaid(accountId: string): DomainError {
  return new DomainError('account_not_prepaid', 'conflict', 'the account pays by bill, not in advance', {
    accountId,
  });
}

/** No top-up has this payment. */
export function topUpNotFound(paymentId: string): DomainError {
  return new DomainError('top_up_not_found', 'not_found', 'no such top-up', {
    paymentId: paymentId.slice(0, 60),
  });
}

/** More is taken back than there is. */
export function allocationExceedsStanding(allocation: { allocationId: string; amount: Money }): DomainError {
  const { allocationId, amount } = allocation;
  return new DomainError('allocation_exceeds_standing', 'conflict', 'the allocation stands for less', {
    allocationId,
    stands: moneyToDecimal(amount),
  });
}

/** It may have been taken back already. */
export function allocationNotFound(allocationId: string): DomainError {
  return new DomainError('allocation_not_found', 'not_found', 'no such allocation stands', { allocationId });
}

/** No credit, or no bill that it may pay. */
export function nothingToAllocate(accountId: string): DomainError {
  return new DomainError(
    'nothing_to_allocate',
    'conflict',
    'there is nothing to pay, or nothing to pay it with',
    {
      accountId,
    },
  );
}

/** Only what is too much is paid out. */
export function refundExceedsCredit(amount: Money, left: Money): DomainError {
  return new DomainError('refund_exceeds_credit', 'conflict', 'the account has less credit', {
    amount: moneyToDecimal(amount),
    credit: moneyToDecimal(left),
  });
}

/** A payment is paid back once at most. */
export function refundExceedsPayment(paymentId: string, left: Money): DomainError {
  return new DomainError('refund_exceeds_payment', 'conflict', 'less is left of the payment', {
    paymentId,
    left: moneyToDecimal(left),
  });
}

/** The deposit is smaller. */
export function depositExceeded(amount: Money, left: Money): DomainError {
  return new DomainError('deposit_exceeded', 'conflict', 'the deposit is smaller', {
    amount: moneyToDecimal(amount),
    deposit: moneyToDecimal(left),
  });
}

/** Nothing, or less, was given up. */
export function nothingWrittenOff(billId: string, left: Money): DomainError {
  return new DomainError('nothing_written_off', 'conflict', 'less of the bill was written off', {
    billId,
    writtenOff: moneyToDecimal(left),
  });
}

/** No bill of the account has this id. */
export function billNotFound(billId: string): DomainError {
  return new DomainError('bill_not_found', 'not_found', 'the account has no such bill', { billId });
}

/** No payment of the account has this id. */
export function paymentNotFound(paymentId: string): DomainError {
  return new DomainError('payment_not_found', 'not_found', 'no such payment', {
    paymentId: paymentId.slice(0, 60),
  });
}

/** No receipt has this id. */
export function receiptNotFound(receiptId: string): DomainError {
  return new DomainError('receipt_not_found', 'not_found', 'no such receipt', {
    receiptId: receiptId.slice(0, 60),
  });
}

/** It is somebody's payment already. */
export function receiptIsMatched(receiptId: string): DomainError {
  return new DomainError('receipt_is_matched', 'conflict', 'the receipt is a payment already', { receiptId });
}

/** Its money is not here any more. */
export function receiptIsReturned(receiptId: string): DomainError {
  return new DomainError('receipt_is_returned', 'conflict', 'the receipt has been sent back', { receiptId });
}

/** It is nobody's payment. */
export function receiptNotMatched(receiptId: string): DomainError {
  return new DomainError('receipt_not_matched', 'conflict', "the receipt is nobody's payment", { receiptId });
}

/** The same transaction was reported with other content. */
export function receiptDiffers(reference: string): DomainError {
  return new DomainError('receipt_differs', 'conflict', 'this was reported before with other content', {
    reference,
  });
}

/** No mapping of this code is in force. */
export function statementSourceUnknown(source: string): DomainError {
  return new DomainError(
    'statement_source_unknown',
    'not_found',
    'no mapping of bank statements has this code',
    {
      source: source.slice(0, 60),
    },
  );
}

/** No statement was imported under this id. */
export function statementFileNotFound(fileId: string): DomainError {
  return new DomainError('statement_file_not_found', 'not_found', 'no such statement', {
    fileId: fileId.slice(0, 60),
  });
}

/** No refund has this id. */
export function refundNotFound(refundId: string): DomainError {
  return new DomainError('refund_not_found', 'not_found', 'no such refund', {
    refundId: refundId.slice(0, 60),
  });
}
