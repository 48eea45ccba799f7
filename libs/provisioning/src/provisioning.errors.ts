import { DomainError, type ErrorKind } from '@ronghe/kernel';

/** Every refusal of this domain: its kind, and when it is given. Codes are part of the API. */
export const provisioningErrors = {
  specification_unknown: {
    kind: 'invalid',
    when: 'the policy in force does not decompose a product specification',
  },
  service_data_missing: {
    kind: 'invalid',
    when: 'a task needs a resource or characteristic that a service does not have',
  },
  service_repeated: { kind: 'invalid', when: 'one service order names a product twice' },
  too_many_services: { kind: 'invalid', when: 'one service order names no product or more than its limit' },
  service_already_active: { kind: 'conflict', when: 'a product is to be activated whose service runs' },
  service_not_active: {
    kind: 'conflict',
    when: 'a product is to be deactivated, barred or unbarred that has no running service',
  },
  service_order_exists: { kind: 'conflict', when: 'a product order asks a second time for the same action' },
  service_order_completed: { kind: 'conflict', when: 'a finished service order is to be cancelled' },
  service_order_not_found: { kind: 'not_found', when: 'no service order has the id' },
  service_order_not_stuck: {
    kind: 'conflict',
    when: 'a service order that goes on by itself is to be retried',
  },
  provisioning_policy_missing: { kind: 'unavailable', when: 'no policy of kind provisioning is in force' },
} as const satisfies Record<string, { kind: ErrorKind; when: string }>;

export type ProvisioningErrorCode = keyof typeof provisioningErrors;

/** The error of a code, to be thrown; `details` may be shown to the caller. */
export function provisioningError(
  code: ProvisioningErrorCode,
  details: Record<string, unknown> = {},
): DomainError {
  const { kind, when } = provisioningErrors[code];
  return new DomainError(code, kind, when, details);
}
