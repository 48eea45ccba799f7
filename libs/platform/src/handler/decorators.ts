import 'reflect-metadata';
import type { CommandName, EventType, QueryName } from '@ronghe/contracts';

/** What a decorated method handles. */
export type HandlerKind = 'event' | 'command' | 'query' | 'job' | 'pending-work' | 'due' | 'audit';

export interface HandlerMark {
  kind: HandlerKind;
  name: string;
  /** An event handler that takes many facts at once, of whatever lanes. */
  takesMany?: boolean;
}

const MARKS = Symbol('ronghe:handlers');

function mark(handler: HandlerMark): MethodDecorator {
  return (_target, _property, descriptor: TypedPropertyDescriptor<never> | PropertyDescriptor) => {
    const method = (descriptor as PropertyDescriptor).value as object;
    const marks = (Reflect.getMetadata(MARKS, method) as HandlerMark[] | undefined) ?? [];
    Reflect.defineMetadata(MARKS, [...marks, handler], method);
  };
}

/** The marks of a method, none if it handles nothing. */
export function handlerMarks(method: object): HandlerMark[] {
  return (Reflect.getMetadata(MARKS, method) as HandlerMark[] | undefined) ?? [];
}

/** `(event, tx)`: applies a fact in the transaction that advances the cursor; each event once, in order per lane. */
export const OnEvent = (type: EventType): MethodDecorator => mark({ kind: 'event', name: type });

/**
 * `(events, tx)`: as OnEvent, for facts of which many come together, of several lanes: those of a lane stand together, in
 * their order. Where they fail they come again lane by lane, then one by one.
 */
export const OnEvents = (type: EventType): MethodDecorator =>
  mark({ kind: 'event', name: type, takesMany: true });

/** `(input, tx)`: carries out a command, once per idempotency key. */
export const OnCommand = (name: CommandName): MethodDecorator => mark({ kind: 'command', name });

/** `(input, tx)`: answers a read port from one snapshot. */
export const OnQuery = (name: QueryName): MethodDecorator => mark({ kind: 'query', name });

/** `(data, job)`: does work named by ids, at least once. The name starts with the domain: `ordering.advanceOrder`. */
export const OnJob = (name: string): MethodDecorator => mark({ kind: 'job', name });

/** `()`: the job data of all unfinished work that could make progress now, from PostgreSQL, 500 at most. */
export const PendingWork = (jobName: string): MethodDecorator =>
  mark({ kind: 'pending-work', name: jobName });

/** `({ key, dueAt, data }, tx)`: the business clock has reached a scheduled instant. The kind starts with the domain. */
export const OnDue = (kind: string): MethodDecorator => mark({ kind: 'due', name: kind });

/** `(tx)`: the domain's control totals. One per domain. */
export const Audit = (): MethodDecorator => mark({ kind: 'audit', name: 'audit' });
