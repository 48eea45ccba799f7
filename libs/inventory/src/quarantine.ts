import type { InventoryPolicy } from '@ronghe/contracts';
import { addMs, localDateOf, type Instant } from '@ronghe/kernel';
import { inventoryError } from './inventory.errors';

/** Policy documents are dated in the operator's calendar. */
const OPERATOR_ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

/**
 * Until when a number rests that comes back at `now`: so many days as the policy in force says.
 * @throws DomainError('inventory_policy_missing') when none is in force; the caller tries again later.
 */
export function restUntil(policies: readonly InventoryPolicy[], now: Instant): Instant {
  const today = localDateOf(now, OPERATOR_ZONE);
  const inForce = policies
    .filter(
      (policy) =>
        policy.effectiveFrom <= today && (policy.effectiveTo === null || today < policy.effectiveTo),
    )
    .sort((a, b) => a.version - b.version)
    .at(-1);
  if (!inForce) throw inventoryError('inventory_policy_missing', { date: today });
  return addMs(now, inForce.numberQuarantineDays * DAY_MS);
}
