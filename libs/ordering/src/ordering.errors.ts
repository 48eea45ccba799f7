import { DomainError, type ErrorKind } from '@ronghe/kernel';

/** Every refusal that ordering gives by itself: its code, its kind and when it is given (also the message). */
export const orderingErrors = {
  order_not_found: { kind: 'not_found', when: 'there is no such order' },
  product_not_found: { kind: 'not_found', when: 'the account has no such product' },
  quote_not_found: { kind: 'not_found', when: 'there is no such quote' },
  customer_not_found: { kind: 'not_found', when: 'there is no such customer' },
  account_not_found: { kind: 'not_found', when: 'there is no such account' },
  offering_unknown: { kind: 'not_found', when: 'the catalog has never published this offering' },

  order_empty: { kind: 'invalid', when: 'an order needs at least one item' },
  order_too_large: { kind: 'invalid', when: 'an order holds at most fifty items' },
  order_actions_mixed: {
    kind: 'invalid',
    when: 'one order adds, terminates, changes, moves, suspends or resumes products, and does not mix them',
  },
  order_body_invalid: { kind: 'invalid', when: 'the product order is not one that can be placed' },
  offering_missing: { kind: 'invalid', when: 'an item that adds names an offering and no product' },
  product_missing: { kind: 'invalid', when: 'an item that changes a product names it and no offering' },
  change_incomplete: { kind: 'invalid', when: 'an item that changes names a product and an offering' },
  move_incomplete: { kind: 'invalid', when: 'an item that moves a product names it and an address' },
  product_not_movable: { kind: 'conflict', when: 'the product does not lie at an address' },
  effective_day_invalid: {
    kind: 'invalid',
    when: 'an order counts from a day within a year, a change of plan from a day that its offer allows',
  },
  effective_day_unused: { kind: 'invalid', when: 'blocks are placed and lifted at once' },
  backdate_reason_missing: {
    kind: 'invalid',
    when: 'an order that counts from a day that has passed says why',
  },
  backdate_too_far: { kind: 'conflict', when: 'policy allows no order to count from so far back' },
  offer_other_specification: {
    kind: 'conflict',
    when: 'a product may be moved to offers of its own specification only',
  },
  offer_same: { kind: 'conflict', when: 'the product has this offer, or the bundle, already' },
  block_missing: {
    kind: 'invalid',
    when: 'an item that suspends names a product, a reason and a kind, one that resumes a product and a reason',
  },
  product_twice: { kind: 'invalid', when: 'an order names a product once' },
  offering_is_bundle: {
    kind: 'invalid',
    when: 'a bundle is named beside the items, its members are the items',
  },
  offering_is_not_bundle: {
    kind: 'invalid',
    when: 'the offering that the items are sold under is not a bundle',
  },
  offering_not_in_bundle: {
    kind: 'invalid',
    when: 'the offering is not a member of the bundle in this role',
  },
  card_name_invalid: { kind: 'invalid', when: 'a card name is 1 to 32 letters, digits, spaces, - or _' },
  requested_number_invalid: {
    kind: 'invalid',
    when: 'the offering takes no number, or the number is asked for twice',
  },
  online_class_invalid: { kind: 'invalid', when: 'usage classes are voice, sms and data' },
  account_of_other_customer: { kind: 'invalid', when: 'the account belongs to another customer' },
  quote_of_other_account: { kind: 'invalid', when: 'the quote was made for another account' },
  wait_invalid: { kind: 'invalid', when: 'one may wait for an order 0 to 30 seconds' },

  customer_not_verified: { kind: 'conflict', when: 'without real-name registration nothing is sold' },
  offer_not_on_sale: { kind: 'conflict', when: 'no version of the offering is on sale on this day' },
  offer_not_sold_alone: { kind: 'conflict', when: 'the offering is sold in a bundle only' },
  offer_requires: {
    kind: 'conflict',
    when: 'the offering needs another product that is neither owned nor ordered',
  },
  offer_limit_reached: { kind: 'conflict', when: 'no further product of this offering may be held' },
  main_card_missing: { kind: 'conflict', when: 'a sub card needs a main card to belong to' },
  main_card_ambiguous: {
    kind: 'conflict',
    when: 'the account has several main cards the sub card could belong to',
  },
  bundle_member_missing: { kind: 'conflict', when: 'the bundle needs more members than are ordered' },
  bundle_member_limit: { kind: 'conflict', when: 'the bundle has no place for another such member' },
  card_name_taken: { kind: 'conflict', when: 'another product of the account has this card name' },
  number_limit_reached: { kind: 'conflict', when: 'no further number may be held on one identity document' },
  product_not_active: { kind: 'conflict', when: 'the product has been terminated' },
  product_in_order: { kind: 'conflict', when: 'another open order changes the product' },
  product_blocked_already: { kind: 'conflict', when: 'the product is blocked for this reason in this way' },
  product_not_blocked: { kind: 'conflict', when: 'the product has no block for this reason' },
  block_reason_reserved: {
    kind: 'forbidden',
    when: 'blocks for money that is owed are placed and lifted by the system or by operations',
  },
  product_has_dependents: { kind: 'conflict', when: 'other products need this one and would stay behind' },
  order_not_cancellable: {
    kind: 'conflict',
    when: 'the order has passed the point where it can be cancelled',
  },
  quote_expired: { kind: 'conflict', when: 'the quote is no longer valid' },

  order_stuck: { kind: 'unavailable', when: 'an order took more steps than any order has' },
  policy_missing: { kind: 'unavailable', when: 'no ordering policy is in force on this day' },
  projection_behind: { kind: 'unavailable', when: 'news from another domain has not arrived yet' },
} as const satisfies Record<string, { kind: ErrorKind; when: string }>;

export type OrderingErrorCode = keyof typeof orderingErrors;

/** The DomainError of a code, with plain details that the caller may see. */
export function orderingError(code: OrderingErrorCode, details: Record<string, unknown> = {}): DomainError {
  const { kind, when } = orderingErrors[code];
  return new DomainError(code, kind, when, details);
}
