import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Actor } from '@ronghe/contracts';

/** Who does what through which channel; follows a request through commands, jobs and events. */
export interface RequestContext {
  /** 32 hex digits, as in the W3C `traceparent` header. */
  traceId: string;
  /** Null before sign-in. */
  actor: Actor | null;
  /** `graphql`, `rest`, `internal`, `job`, `feed`, `schedule`, `sweep`, `status`. */
  channel: string;
  reason?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The running request's context; a fresh system context outside of any request. */
export function requestContext(): RequestContext {
  return storage.getStore() ?? { traceId: newTraceId(), actor: null, channel: 'system' };
}

/** Runs `work` with `context` visible to everything that it awaits. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** A context for work that the system itself does on behalf of a domain. */
export function systemContext(name: string, channel: string, traceId: string = newTraceId()): RequestContext {
  return { traceId, channel, actor: { id: `system:${name}`, roles: [] } };
}

/** Random bytes are drawn for this many trace ids at once: one system call each would cost more than the id. */
const TRACE_IDS_PER_DRAW = 256;
const TRACE_ID_BYTES = 16;
let drawn = Buffer.alloc(0);
let drawnOffset = 0;

/** 16 random bytes as hex. */
export function newTraceId(): string {
  if (drawnOffset === drawn.length) {
    drawn = randomBytes(TRACE_IDS_PER_DRAW * TRACE_ID_BYTES);
    drawnOffset = 0;
  }
  drawnOffset += TRACE_ID_BYTES;
  return drawn.toString('hex', drawnOffset - TRACE_ID_BYTES, drawnOffset);
}

/** Reads the trace id of a W3C `traceparent` header; a fresh one where it is absent or malformed. */
export function traceIdOf(traceparent: string | undefined): string {
  const match = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent ?? '');
  return match?.[1] ?? newTraceId();
}

/** Writes a `traceparent` header that continues the trace. */
export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
}
