import { DomainError } from '@ronghe/kernel';

/**
 * | code                    | kind        | when                                                             |
 * |-------------------------|-------------|------------------------------------------------------------------|
 * | account_not_found       | not_found   | no account of this id has been opened                            |
 * | payment_amount_invalid  | invalid     | not a positive amount with at most two decimals                  |
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
