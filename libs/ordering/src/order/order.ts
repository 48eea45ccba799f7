import { orderingError } from '../ordering.errors';

/**
 * Where an order stands. The first column goes forward; `completing` is the point of no return. The second
 * takes back what was done: a command that may be under way is first repeated with its key until its answer
 * is known (`withdrawing_*`), so that nothing can take effect after it was undone.
 */
export const orderStates = [
  'scheduled', // accepted; waits for the day from which it counts
  'acknowledged', // accepted; nobody has been asked for anything
  'holding', // inventory is asked to hold the resources
  'placing', // provisioning is asked to carry out the service order
  'provisioning', // waits for provisioning's reply
  'completing', // services are on (or off): resources are confirmed, products written
  'returning', // products are terminated: their resources go back to stock
  'completed',
  'withdrawing_hold', // cancelled while holding
  'withdrawing_service', // cancelled while placing
  'recalling', // provisioning is asked to undo the service order
  'recalled', // waits for the reply: undone, or finished before it could be
  'cancelling', // held resources go back
  'cancelled',
  'failing', // held resources go back
  'failed',
] as const;

export type OrderState = (typeof orderStates)[number];

/** What may happen to an order. Each is an answer or a reply of another domain, except the first and `cancel`. */
export type OrderHappening =
  /** Its day has come. */
  | { kind: 'due' }
  /** Its day has come, and what it names is not as it was. */
  | { kind: 'due_refused'; reason: OrderReason }
  | { kind: 'begun'; first: 'holding' | 'placing' | 'completing' }
  | { kind: 'resources_held'; next: 'placing' | 'completing' }
  | { kind: 'hold_refused'; reason: OrderReason }
  | { kind: 'service_order_placed' }
  | { kind: 'service_order_refused'; reason: OrderReason }
  | { kind: 'service_order_completed' }
  | { kind: 'service_order_failed'; reason: OrderReason }
  | { kind: 'products_written'; next: 'returning' | 'completed' }
  | { kind: 'resources_returned' }
  | { kind: 'cancel_requested'; reason: OrderReason }
  | { kind: 'recall_accepted' }
  | { kind: 'nothing_to_recall' }
  | { kind: 'resources_released' };

/** Why an order did not go through: a stable code, and a sentence for people. */
export interface OrderReason {
  code: string;
  text: string;
}

export interface OrderMove {
  to: OrderState;
  /** Where something went wrong or somebody wished it. */
  reason: OrderReason | null;
}

/**
 * What a happening makes of an order; null when it changes nothing (an answer that came twice or too late).
 * @throws DomainError('order_not_cancellable') when a cancellation comes after the point of no return.
 */
export function decide(state: OrderState, happening: OrderHappening): OrderMove | null {
  const to = target(state, happening);
  return to === null ? null : { to, reason: 'reason' in happening ? happening.reason : null };
}

/**
 * Why an order did not (or will not) go through, after a move: the first cause stays, what follows from it is in the
 * history; an order that completes after all has none.
 */
export function reasonAfter(reason: OrderReason | null, move: OrderMove): OrderReason | null {
  return move.to === 'completing' ? null : (reason ?? move.reason);
}

function target(state: OrderState, happening: OrderHappening): OrderState | null {
  switch (happening.kind) {
    case 'due':
      return pick(state, { scheduled: 'acknowledged' });
    case 'due_refused':
      return pick(state, { scheduled: 'failed' });
    case 'begun':
      return state === 'acknowledged' ? happening.first : null;
    case 'resources_held':
      return pick(state, { holding: happening.next, withdrawing_hold: 'cancelling' });
    case 'hold_refused':
      return pick(state, { holding: 'failed', withdrawing_hold: 'cancelled' });
    case 'service_order_placed':
      return pick(state, { placing: 'provisioning', withdrawing_service: 'recalling' });
    case 'service_order_refused':
      return pick(state, { placing: 'failing', withdrawing_service: 'cancelling' });
    case 'service_order_completed':
      return pick(state, serviceCompleted);
    case 'service_order_failed':
      return pick(state, serviceFailed);
    case 'products_written':
      return state === 'completing' ? happening.next : null;
    case 'resources_returned':
      return pick(state, { returning: 'completed' });
    case 'cancel_requested':
      return cancelled(state);
    case 'recall_accepted':
      return pick(state, { recalling: 'recalled' });
    case 'nothing_to_recall':
      return pick(state, { recalling: 'cancelling' });
    case 'resources_released':
      return pick(state, { cancelling: 'cancelled', failing: 'failed' });
  }
}

type Moves = Partial<Record<OrderState, OrderState>>;

function pick(state: OrderState, moves: Moves): OrderState | null {
  return moves[state] ?? null;
}

/** The reply may overtake the recorded answer to the command, and a cancellation may come too late. */
const serviceCompleted: Moves = {
  placing: 'completing',
  provisioning: 'completing',
  withdrawing_service: 'completing',
  recalling: 'completing',
  recalled: 'completing',
};

const serviceFailed: Moves = {
  placing: 'failing',
  provisioning: 'failing',
  withdrawing_service: 'cancelling',
  recalling: 'cancelling',
  recalled: 'cancelling',
};

function cancelled(state: OrderState): OrderState | null {
  switch (state) {
    case 'scheduled':
    case 'acknowledged':
      return 'cancelled';
    case 'holding':
      return 'withdrawing_hold';
    case 'placing':
      return 'withdrawing_service';
    case 'provisioning':
      return 'recalling';
    case 'withdrawing_hold':
    case 'withdrawing_service':
    case 'recalling':
    case 'recalled':
    case 'cancelling':
    case 'cancelled':
      return null;
    case 'completing':
    case 'returning':
    case 'completed':
    case 'failing':
    case 'failed':
      throw orderingError('order_not_cancellable', { state });
  }
}

/** What has to be done next, by whom the order's worker asks. */
export type OrderStep = 'begin' | 'hold' | 'place' | 'confirm' | 'return' | 'recall' | 'release';

/** The step that drives an order on; null when it is finished or waits for a reply. */
export function nextStep(state: OrderState): OrderStep | null {
  switch (state) {
    case 'acknowledged':
      return 'begin';
    case 'holding':
    case 'withdrawing_hold':
      return 'hold';
    case 'placing':
    case 'withdrawing_service':
      return 'place';
    case 'completing':
      return 'confirm';
    case 'returning':
      return 'return';
    case 'recalling':
      return 'recall';
    case 'cancelling':
    case 'failing':
      return 'release';
    case 'scheduled':
    case 'provisioning':
    case 'recalled':
    case 'completed':
    case 'cancelled':
    case 'failed':
      return null;
  }
}

/** States in which the order's worker has something to do. */
export const drivenStates: readonly OrderState[] = orderStates.filter((state) => nextStep(state) !== null);

/** Nothing happens to the order any more. */
export function isFinished(state: OrderState): boolean {
  return state === 'completed' || state === 'cancelled' || state === 'failed';
}

export const finishedStates: readonly OrderState[] = orderStates.filter(isFinished);

/** What a caller needs to know of a state, in TM Forum's words. */
export type PublicOrderState =
  'pending' | 'acknowledged' | 'inProgress' | 'pendingCancellation' | 'completed' | 'cancelled' | 'failed';

/** The state as TMF622 names it. */
export function publicState(state: OrderState): PublicOrderState {
  switch (state) {
    case 'scheduled':
      return 'pending';
    case 'acknowledged':
    case 'completed':
    case 'cancelled':
    case 'failed':
      return state;
    case 'holding':
    case 'placing':
    case 'provisioning':
    case 'completing':
    case 'returning':
    case 'failing':
      return 'inProgress';
    case 'withdrawing_hold':
    case 'withdrawing_service':
    case 'recalling':
    case 'recalled':
    case 'cancelling':
      return 'pendingCancellation';
  }
}
