import { DomainError, type ErrorKind } from '@ronghe/kernel';

/** Every refusal of this domain: its kind, and when it is given. Codes are part of the API. */
export const inventoryErrors = {
  out_of_stock: { kind: 'conflict', when: 'fewer free resources of a kind than were asked for' },
  resource_not_available: {
    kind: 'conflict',
    when: 'a chosen value is sold, held, resting, retired or not in stock',
  },
  slot_already_held: { kind: 'conflict', when: 'an order asks again for a slot that it holds or owns' },
  slot_repeated: { kind: 'invalid', when: 'one request names a slot or a chosen value twice' },
  too_many_resources: { kind: 'invalid', when: 'one command names more resources than its limit' },
  hold_in_past: { kind: 'invalid', when: 'a hold would end at or before the business time' },
  hold_expired: {
    kind: 'conflict',
    when: 'an order confirms after its hold was released, or ended and somebody else took what it held',
  },
  resource_not_found: { kind: 'not_found', when: 'a resource id or value names nothing in stock' },
  resource_state: { kind: 'conflict', when: 'a resource is not in the state that a transition starts from' },
  inventory_policy_missing: {
    kind: 'unavailable',
    when: 'numbers come back before a policy of kind inventory is in force',
  },
  place_not_found: { kind: 'not_found', when: 'stock is added to a place that was not opened' },
  place_already_open: { kind: 'conflict', when: 'a place code is taken' },
  stock_already_known: { kind: 'conflict', when: 'a range contains a value or an IMSI that is in stock' },
  stock_count_invalid: { kind: 'invalid', when: 'a range is empty or larger than the limit' },
  iccid_invalid: {
    kind: 'invalid',
    when: 'an ICCID is not 19 or 20 digits from 89, or its check digit is wrong',
  },
  imsi_invalid: {
    kind: 'invalid',
    when: 'a SIM range lacks its first IMSI, or it is not 15 digits from 460',
  },
  number_invalid: {
    kind: 'invalid',
    when: 'a number is in no segment of its kind in the Chinese numbering plan',
  },
  serial_invalid: { kind: 'invalid', when: 'a device serial has another form than its kind' },
  range_overflow: { kind: 'invalid', when: 'a range runs beyond the digits of its first value' },
  pattern_invalid: { kind: 'invalid', when: 'a number pattern holds other characters than digits, ? and *' },
} as const satisfies Record<string, { kind: ErrorKind; when: string }>;

export type InventoryErrorCode = keyof typeof inventoryErrors;

/** The error of a code, to be thrown; `details` may be shown to the caller. */
export function inventoryError(code: InventoryErrorCode, details: Record<string, unknown> = {}): DomainError {
  const { kind, when } = inventoryErrors[code];
  return new DomainError(code, kind, when, details);
}
