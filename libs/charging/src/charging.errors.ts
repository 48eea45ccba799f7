import { DomainError, type ErrorKind } from '@ronghe/kernel';

/** Every error of this domain: its kind, and when it is thrown. */
export const chargingErrors = {
  usage_source_unknown: { kind: 'not_found', when: 'no policy document describes the usage source' },
  usage_file_not_found: { kind: 'not_found', when: 'no usage file has this id' },
  usage_file_empty: { kind: 'invalid', when: 'the uploaded file has no content' },
  usage_file_unreadable: { kind: 'invalid', when: 'a compressed file is damaged' },
  usage_file_too_large: { kind: 'invalid', when: 'the uploaded file exceeds the limit' },
  usage_file_name_invalid: {
    kind: 'invalid',
    when: 'the file name is missing or longer than 200 characters',
  },
  usage_header_invalid: {
    kind: 'invalid',
    when: 'the first line of a file lacks a column of the mapping, or has it twice',
  },
  close_in_future: { kind: 'invalid', when: 'a source is to be closed through an instant that has not come' },
  suspense_not_found: { kind: 'not_found', when: 'no suspended record has this id' },
  suspense_count_invalid: { kind: 'invalid', when: 'a command names no suspended record, or more than 500' },
  suspense_not_open: { kind: 'conflict', when: 'the suspended record has ended already' },
  suspense_column_unknown: {
    kind: 'invalid',
    when: 'a correction names a column that the mapping does not have',
  },
  usage_not_found: { kind: 'not_found', when: 'no rated usage of the account has this id' },
  usage_number_inexact: {
    kind: 'invalid',
    when: 'a posted usage has a number with more digits than JSON keeps',
  },
  usage_duplicate: { kind: 'conflict', when: 'the same usage has been delivered before' },
  account_not_found: { kind: 'not_found', when: 'charging does not know the account' },
  account_not_prepaid: { kind: 'conflict', when: 'money in advance of an account that pays by bill' },
  amount_invalid: { kind: 'invalid', when: 'not an amount of yuan, or one of a sign that makes no sense' },
  money_not_enough: {
    kind: 'conflict',
    when: 'an account does not have the money that is to be taken whole',
  },
  product_not_found: { kind: 'not_found', when: 'charging does not know the product' },
  unit_grant_invalid: {
    kind: 'invalid',
    when: 'units to be given are none, of nothing, in the past, or end before they begin',
  },
  sharing_accounts_differ: { kind: 'invalid', when: 'products of different accounts are to share' },
  sharing_cap_invalid: {
    kind: 'invalid',
    when: 'a cap of a sharing names both or neither of allowance and usage class, or no whole units',
  },
  sharing_conflict: {
    kind: 'conflict',
    when: 'a card group shares already, owns what is shared, or would share with itself or a member',
  },
  sharing_not_found: { kind: 'not_found', when: 'no sharing of the account has this id' },
  sharing_ended: { kind: 'conflict', when: 'a sharing has been ended before' },
  money_sharing_accounts_differ: {
    kind: 'invalid',
    when: 'accounts that are to share money are not of one balance group and bill cycle, or one pays by bill',
  },
  money_sharing_conflict: {
    kind: 'conflict',
    when: 'an account has somebody who pays for it, pays for others itself, or would pay for itself',
  },
  money_sharing_not_found: { kind: 'not_found', when: 'no sharing of money of the account has this id' },
  money_sharing_ended: { kind: 'conflict', when: 'a sharing of money has been ended before' },
  transfer_to_itself: { kind: 'invalid', when: 'a transfer from an account to itself' },
  transfer_not_found: { kind: 'not_found', when: 'no transfer has this id' },
  rerating_scope_invalid: { kind: 'invalid', when: 'a re-rating names nothing, or contradicts itself' },
  rerating_not_found: { kind: 'not_found', when: 'no re-rating has this id' },
  rerating_state_conflict: { kind: 'conflict', when: 'a re-rating is not in a state for the command' },
  rerating_out_of_date: {
    kind: 'conflict',
    when: 'offers or policies were published after a re-rating was previewed',
  },
  what_if_documents_invalid: {
    kind: 'invalid',
    when: 'draft documents cannot be read, or contradict each other',
  },
  what_if_offer_unknown: { kind: 'invalid', when: 'a trial replaces an offer that is not there, or by one' },
  what_if_not_found: { kind: 'not_found', when: 'no trial of draft documents has this id' },
  party_account_missing: { kind: 'invalid', when: 'buckets are listed without naming their account' },
  bucket_not_found: { kind: 'not_found', when: 'no bucket of the present period has this id' },
  balance_body_invalid: {
    kind: 'invalid',
    when: 'a body of TMF654 lacks an attribute or has one of another form',
  },
  projection_behind: { kind: 'unavailable', when: 'a fact arrived before one that it depends on' },
} as const satisfies Record<string, { kind: ErrorKind; when: string }>;

/** Builds an error of the table above. */
export function chargingError(
  code: keyof typeof chargingErrors,
  message: string,
  details: Record<string, unknown> = {},
): DomainError {
  return new DomainError(code, chargingErrors[code].kind, message, details);
}
