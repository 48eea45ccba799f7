import { DomainError } from '@ronghe/kernel';

/**
 * What the customer domain refuses. The codes are part of the API; the README has the table.
 * Details never hold an identity number.
 */
export const customerErrors = {
  /** invalid: empty, too long or not a name. */
  nameInvalid: (reason: string) => new DomainError('name_invalid', 'invalid', `not a usable name: ${reason}`),

  /** invalid: the number does not have the form of its kind, or its check digit is wrong. */
  identityDocumentInvalid: (kind: string, reason: string) =>
    new DomainError('identity_document_invalid', 'invalid', `not a valid identity document: ${reason}`, {
      kind,
      reason,
    }),

  /**
   * conflict: another customer is registered with this document. Who it is, is told to the counter alone: a partner
   * could otherwise look up customers by number.
   */
  identityDocumentRegistered: (customerId: string | null) =>
    new DomainError(
      'identity_document_registered',
      'conflict',
      'a customer is registered with this identity document already',
      customerId === null ? {} : { customerId },
    ),

  /** invalid: not a telephone number that can exist. */
  phoneInvalid: () =>
    new DomainError('phone_invalid', 'invalid', 'not a telephone number; outside China begin with +'),

  /** invalid: the address is longer than 200 characters or has control characters. */
  addressInvalid: () =>
    new DomainError('address_invalid', 'invalid', 'an address is one line of at most 200 characters'),

  /** invalid: a change of contact that changes nothing to say, or whose start lies outside what may be corrected. */
  contactChangeInvalid: (reason: string) =>
    new DomainError('contact_change_invalid', 'invalid', `contact not changed: ${reason}`),

  /** invalid: a bill day, zone or payment mode that no account can have. */
  accountInvalid: (field: string, reason: string) =>
    new DomainError('account_invalid', 'invalid', `account not opened: ${reason}`, { field }),

  /** not_found. */
  customerNotFound: (customerId: string) =>
    new DomainError('customer_not_found', 'not_found', 'no such customer', { customerId }),

  /** not_found. */
  balanceGroupNotFound: (balanceGroupId: string) =>
    new DomainError('balance_group_not_found', 'not_found', 'no account has this balance group', {
      balanceGroupId,
    }),

  /** not_found. */
  accountNotFound: (accountId: string) =>
    new DomainError('account_not_found', 'not_found', 'no such account', { accountId }),

  /** invalid: terms or days that no relation of accounts can have. */
  relationInvalid: (field: string, reason: string) =>
    new DomainError('account_relation_invalid', 'invalid', `accounts not tied: ${reason}`, { field }),

  /** not_found. */
  relationNotFound: (relationId: string) =>
    new DomainError('account_relation_not_found', 'not_found', 'no such relation of accounts', {
      relationId,
    }),

  /** conflict: a prepaid account has no bill that others could pay, nor one to pay others' charges with. */
  accountPrepaid: (accountId: string) =>
    new DomainError(
      'account_prepaid',
      'conflict',
      'a prepaid account pays as it uses: nobody pays its bill',
      {
        accountId,
      },
    ),

  /** conflict: accounts with two bill days or zones have no bill period in common. */
  groupCycle: (
    owner: { accountId: string; billDay: number; zone: string },
    member: { accountId: string; billDay: number; zone: string },
  ) =>
    new DomainError(
      'billing_group_cycle',
      'conflict',
      `accounts that are billed together have one bill day and time zone: ` +
        `${owner.billDay} in ${owner.zone} and ${member.billDay} in ${member.zone} do not go together`,
      { ownerAccountId: owner.accountId, memberAccountId: member.accountId },
    ),

  /** conflict: accounts of two lanes cannot be billed in one transaction; a new account can be opened in the owner's. */
  groupLane: (ownerAccountId: string, memberAccountId: string) =>
    new DomainError(
      'billing_group_lane',
      'conflict',
      'these accounts lie in two lanes and cannot be billed together; open an account with billedWithAccountId',
      { ownerAccountId, memberAccountId },
    ),

  /** conflict: an account has one parent at a time. */
  hasParent: (accountId: string, parentAccountId: string) =>
    new DomainError('account_has_parent', 'conflict', 'the account has a parent in that time', {
      accountId,
      parentAccountId,
    }),

  /** conflict: somebody would come to pay for itself, or through too many levels. */
  relationsLoop: (ownerAccountId: string, memberAccountId: string) =>
    new DomainError(
      'account_relations_loop',
      'conflict',
      'accounts would pay for each other in a circle, or over more than 16 levels',
      { ownerAccountId, memberAccountId },
    ),

  /** invalid: the cursor of a page was not given out by us. */
  cursorInvalid: () => new DomainError('cursor_invalid', 'invalid', 'not a cursor of this list'),

  /** unavailable: the number was encrypted with a key that this process was not given. */
  identityKeyMissing: (keyId: string) =>
    new DomainError(
      'identity_key_missing',
      'unavailable',
      'the key of this identity document is not configured',
      { keyId },
    ),
};
