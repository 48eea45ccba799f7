import type { PublicOrderState } from './order';

/** GraphQL enum OrderState. */
export type OrderStateName =
  'PENDING' | 'ACKNOWLEDGED' | 'IN_PROGRESS' | 'PENDING_CANCELLATION' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

const names: Record<PublicOrderState, OrderStateName> = {
  pending: 'PENDING',
  acknowledged: 'ACKNOWLEDGED',
  inProgress: 'IN_PROGRESS',
  pendingCancellation: 'PENDING_CANCELLATION',
  completed: 'COMPLETED',
  cancelled: 'CANCELLED',
  failed: 'FAILED',
};

/** The GraphQL name of a state. */
export function stateName(state: PublicOrderState): OrderStateName {
  return names[state];
}
