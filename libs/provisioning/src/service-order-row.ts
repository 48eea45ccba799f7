import { assertNever, instantFromDate } from '@ronghe/kernel';
import type { BlockKind } from '@ronghe/contracts';
import type {
  ElementRequest,
  Progress,
  ServiceAction,
  ServiceItem,
  ServiceOrder,
  Task,
  TaskState,
} from './service-order';

/** A row of provisioning.service_order as a query gives it. */
export interface ServiceOrderRow {
  id: string;
  order_id: string;
  lane: number;
  action: ServiceAction;
  state: Progress['state'];
  reason: string | null;
  error: string | null;
  undo_rounds: number;
  maximum_attempts: number;
  placed_at: Date;
  finished_at: Date | null;
  version: number;
}

export interface ServiceItemRow {
  service_order_id: string;
  product_id: string;
  specification: string;
  characteristics: Record<string, string>;
  resources: ServiceItem['resources'];
  barring: BlockKind | null;
}

export interface TaskRow {
  service_order_id: string;
  position: number;
  id: string;
  product_id: string;
  code: string;
  element: string;
  forward: ElementRequest;
  backward: ElementRequest;
  state: TaskState;
  sent_round: number | null;
  sends: number;
  last_error: string | null;
}

/** A service order from its rows. */
export function orderFrom(
  row: ServiceOrderRow,
  items: readonly ServiceItemRow[],
  tasks: readonly TaskRow[],
): ServiceOrder {
  return {
    serviceOrderId: row.id,
    orderId: row.order_id,
    lane: row.lane,
    action: row.action,
    maximumAttempts: row.maximum_attempts,
    placedAt: instantFromDate(row.placed_at),
    version: row.version,
    items: items.filter((item) => item.service_order_id === row.id).map(itemFrom),
    tasks: tasks.filter((task) => task.service_order_id === row.id).map(taskFrom),
    progress: progressFrom(row),
  };
}

function progressFrom(row: ServiceOrderRow): Progress {
  const reason = row.reason ?? '';
  switch (row.state) {
    case 'carrying_out':
      return { state: 'carrying_out' };
    case 'undoing':
      return { state: 'undoing', reason, rounds: row.undo_rounds };
    case 'stuck':
      return { state: 'stuck', reason, error: row.error ?? '' };
    case 'completed':
      return { state: 'completed', finishedAt: instantFromDate(row.finished_at ?? row.placed_at) };
    case 'failed':
      return { state: 'failed', reason, finishedAt: instantFromDate(row.finished_at ?? row.placed_at) };
    default:
      return assertNever(row.state);
  }
}

/** The columns that say how far an order is. */
export function progressColumns({ progress }: ServiceOrder) {
  return {
    state: progress.state,
    reason: 'reason' in progress ? progress.reason : null,
    error: 'error' in progress ? progress.error : null,
    undoRounds: 'rounds' in progress ? progress.rounds : 0,
    finishedAt: 'finishedAt' in progress ? progress.finishedAt : null,
  };
}

function itemFrom(row: ServiceItemRow): ServiceItem {
  const { product_id, specification, characteristics, resources, barring } = row;
  return { productId: product_id, specification, characteristics, resources, barring };
}

function taskFrom(row: TaskRow): Task {
  const { code, element, position, forward, backward, state, sends } = row;
  const [taskId, productId, sentRound, lastError] = [row.id, row.product_id, row.sent_round, row.last_error];
  return {
    taskId,
    productId,
    code,
    element,
    position,
    forward,
    backward,
    state,
    sends,
    sentRound,
    lastError,
  };
}
