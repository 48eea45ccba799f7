import { DomainError } from '@ronghe/kernel';

/**
 * | code                    | kind        | when                                                             |
 * |-------------------------|-------------|------------------------------------------------------------------|
 * | account_not_found       | not_found   | no account of this id has been opened                            |
 * | payment_amount_invalid  | invalid     | not a positive amount with at most two decimals                  |
 * | value_date_invalid      | invalid     | no day, one to come, or one more than a year ago                 |
 * | allocation_amount_invalid | invalid   | an allocation that is not positive                               |
 * | allocation_exceeds_open | conflict    | more than a bill, or a line of it, has open                      |
 * | allocation_exceeds_funds | invalid    | more than the payment or the credit has                          |
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
