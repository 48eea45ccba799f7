import { assertNever, type Instant } from '@ronghe/kernel';
import type { BlockKind, ProductResource, ServiceOrderAction } from '@ronghe/contracts';
import { provisioningError } from './provisioning.errors';

export type ServiceAction = ServiceOrderAction;

/** What an element is asked to do, complete. */
export interface ElementRequest {
  method: 'PUT' | 'POST' | 'DELETE';
  path: string;
  body: Record<string, string>;
}

/**
 * `sent`: the request may have reached the element; whether it took effect is not known. `refused`: the element
 * certainly did nothing. `undone`: what it did, or may have done, was taken back.
 */
export type TaskState = 'pending' | 'sent' | 'done' | 'refused' | 'undone';

/** One thing that one element does for one service. */
export interface Task {
  /** Also the idempotency key towards the element. */
  taskId: string;
  productId: string;
  /** The task's code in the policy: `subscriber`. */
  code: string;
  element: string;
  /** Order within the service order; tasks of one product follow each other, products are independent. */
  position: number;
  forward: ElementRequest;
  /** Takes `forward` back. */
  backward: ElementRequest;
  state: TaskState;
  /** In which round it was first sent, from 1; undoing goes the other way. Null before. */
  sentRound: number | null;
  /** How often `forward` was handed to the network to be carried out, over restarts. */
  sends: number;
  lastError: string | null;
}

/** A product's service in the order. */
export interface ServiceItem {
  productId: string;
  specification: string;
  characteristics: Record<string, string>;
  resources: ProductResource[];
  /**
   * What is stopped for it: as the order wants it where it bars or unbars, else as it was when the order was placed.
   * Null: nothing.
   */
  barring: BlockKind | null;
}

/** How far a service order is. `finishedAt` is business time. */
export type Progress =
  | { state: 'carrying_out' }
  /** `rounds` counts how often undoing gave up for a while. */
  | { state: 'undoing'; reason: string; rounds: number }
  /** An element refuses to undo: a person must look. */
  | { state: 'stuck'; reason: string; error: string }
  | { state: 'completed'; finishedAt: Instant }
  | { state: 'failed'; reason: string; finishedAt: Instant };

export interface ServiceOrder {
  serviceOrderId: string;
  /** The product order that gave the command; replies go to it. */
  orderId: string;
  lane: number;
  action: ServiceAction;
  /** Tries of one request in a row before it counts as failed. */
  maximumAttempts: number;
  placedAt: Instant;
  version: number;
  items: ServiceItem[];
  tasks: Task[];
  progress: Progress;
}

/** What came of a request to an element after all its tries. */
export interface TaskOutcome {
  taskId: string;
  direction: 'forward' | 'backward';
  result: 'done' | 'refused' | 'unreachable';
  /** Tries in this run. */
  attempts: number;
  message: string;
}

/** What may happen to a service order. */
export type ServiceOrderCommand =
  | { type: 'send'; taskIds: readonly string[] }
  | { type: 'report'; outcome: TaskOutcome }
  | { type: 'cancel' }
  /** A person has looked: undo again. */
  | { type: 'retry' }
  | { type: 'finish'; at: Instant };

/** What there is to do next. */
export type Work =
  | { kind: 'forward'; tasks: Task[] }
  /** `repeatsFirst`: a request to do it may still be on its way, see REPEATING_ROUNDS. */
  | { kind: 'backward'; tasks: Task[]; repeatsFirst: boolean }
  /** Nothing is left to do: the order can be finished. */
  | { kind: 'finish' }
  | { kind: 'none' };

/**
 * A task whose outcome is not known may have a request on its way that arrives after the undo, from a driver that
 * stalled, or within the element. So it is first asked for again with its key: once that is answered, an element that
 * keeps keys takes the late one for a repetition. Waiting out the lease alone would not do: no clock of ours bounds
 * how long a request is under way. An element that answers neither yes nor no to the repetition for this many rounds,
 * whose rests together outlast a lease, is undone without: else one that always fails would never let an order end.
 */
export const REPEATING_ROUNDS = 2;

/** The next round: the first open task of every product; when undoing, the last one that may have had an effect. */
export function nextWork(order: ServiceOrder): Work {
  switch (order.progress.state) {
    case 'carrying_out': {
      const open = byPosition(order.tasks).filter((task) => task.state !== 'done');
      const firsts = open.filter((task) => open.find((each) => each.productId === task.productId) === task);
      return firsts.length === 0 ? { kind: 'finish' } : { kind: 'forward', tasks: firsts };
    }
    case 'undoing': {
      const last = byPosition(order.tasks)
        .filter((task) => task.state === 'sent' || task.state === 'done')
        .sort((a, b) => (a.sentRound ?? 0) - (b.sentRound ?? 0))
        .at(-1);
      if (!last) return { kind: 'finish' };
      const repeatsFirst = last.state === 'sent' && order.progress.rounds < REPEATING_ROUNDS;
      return { kind: 'backward', tasks: [last], repeatsFirst };
    }
    case 'stuck':
    case 'completed':
    case 'failed':
      return { kind: 'none' };
    default:
      return assertNever(order.progress);
  }
}

/**
 * The order after a command, with its version raised. A report is applied in whatever state the order is by then:
 * what an element did must be known to be undone.
 * @throws DomainError('service_order_completed' | 'service_order_not_stuck') for what people ask too late.
 */
export function decide(order: ServiceOrder, command: ServiceOrderCommand): ServiceOrder {
  const next = { ...order, version: order.version + 1 };
  switch (command.type) {
    case 'send':
      return { ...next, tasks: markSent(order, command.taskIds) };
    case 'report':
      return {
        ...next,
        tasks: order.tasks.map((task) =>
          task.taskId === command.outcome.taskId ? taskAfter(task, command.outcome) : task,
        ),
        progress: progressAfter(order, command.outcome),
      };
    case 'cancel':
      return { ...next, progress: afterCancel(order) };
    case 'retry':
      if (order.progress.state !== 'stuck' && order.progress.state !== 'undoing') {
        throw provisioningError('service_order_not_stuck', { state: order.progress.state });
      }
      return { ...next, progress: { state: 'undoing', reason: order.progress.reason, rounds: 0 } };
    case 'finish':
      return { ...next, progress: finished(order, command.at) };
    default:
      return assertNever(command);
  }
}

function markSent(order: ServiceOrder, taskIds: readonly string[]): Task[] {
  const round = Math.max(0, ...order.tasks.map((task) => task.sentRound ?? 0)) + 1;
  return order.tasks.map((task) =>
    taskIds.includes(task.taskId)
      ? { ...task, state: 'sent', sentRound: task.sentRound ?? round, sends: task.sends + 1 }
      : task,
  );
}

function taskAfter(task: Task, { direction, result, attempts, message }: TaskOutcome): Task {
  if (result === 'done')
    return { ...task, state: direction === 'forward' ? 'done' : 'undone', lastError: null };
  // Only when the very first try was answered with a refusal is it certain that nothing happened.
  const certain = direction === 'forward' && result === 'refused' && task.sends === 1 && attempts === 1;
  return { ...task, state: certain ? 'refused' : task.state, lastError: message };
}

function progressAfter(order: ServiceOrder, { taskId, direction, result, message }: TaskOutcome): Progress {
  const { progress } = order;
  if (result === 'done') return progress;
  const element = order.tasks.find((task) => task.taskId === taskId)?.element ?? '';
  if (direction === 'forward') {
    return progress.state === 'carrying_out'
      ? { state: 'undoing', reason: `${element}: ${message}`, rounds: 0 }
      : progress;
  }
  if (progress.state !== 'undoing') return progress;
  return result === 'refused'
    ? { state: 'stuck', reason: progress.reason, error: `${element}: ${message}` }
    : { ...progress, rounds: progress.rounds + 1 };
}

/** What is being undone, or was, stays so: cancelling twice is one cancellation. */
function afterCancel(order: ServiceOrder): Progress {
  switch (order.progress.state) {
    case 'carrying_out':
      return { state: 'undoing', reason: 'cancelled', rounds: 0 };
    case 'completed':
      throw provisioningError('service_order_completed', { serviceOrderId: order.serviceOrderId });
    case 'undoing':
    case 'stuck':
    case 'failed':
      return order.progress;
    default:
      return assertNever(order.progress);
  }
}

function finished(order: ServiceOrder, at: Instant): Progress {
  const { progress } = order;
  if (nextWork(order).kind !== 'finish')
    throw new Error(`service order ${order.serviceOrderId} still has work`);
  return progress.state === 'undoing'
    ? { state: 'failed', reason: progress.reason, finishedAt: at }
    : { state: 'completed', finishedAt: at };
}

function byPosition(tasks: readonly Task[]): Task[] {
  return [...tasks].sort((a, b) => a.position - b.position);
}
