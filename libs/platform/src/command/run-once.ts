import type { DomainName } from '@ronghe/contracts';
import { DomainError, hashOf, type ErrorKind } from '@ronghe/kernel';
import { requestContext } from '../context/request-context';
import type { JsonValue, Tx } from '../database/tx';

export interface OnceCall {
  operation: string;
  key: string;
  input: unknown;
}

export interface OnceOutcome<T> {
  answer?: T;
  refusal?: DomainError;
}

interface StoredCall {
  input_hash: string;
  outcome: 'running' | 'succeeded' | 'refused';
  answer: JsonValue;
}

const MAX_KEY_LENGTH = 200;

/**
 * Runs `work` at most once for (actor, operation, key). The row is inserted first: a second transaction with
 * the same key waits on it until the first has committed, then reads the stored answer. A business refusal
 * rolls its effects back to the savepoint and is stored; `unavailable` is not, so that it may be tried again.
 * The table keeps a hash of the input only, because inputs may carry identity numbers.
 */
export async function runOnce<T>(
  tx: Tx,
  schema: DomainName,
  call: OnceCall,
  work: (tx: Tx) => Promise<T>,
): Promise<OnceOutcome<T>> {
  const { actor, channel, reason, traceId } = requestContext();
  if (call.key.length === 0 || call.key.length > MAX_KEY_LENGTH) {
    throw new DomainError(
      'idempotency_key_invalid',
      'invalid',
      `An idempotency key of 1 to ${MAX_KEY_LENGTH} characters is needed.`,
    );
  }
  const identity = [actor?.id ?? 'anonymous', call.operation, call.key];
  const inputHash = hashOf(call.input ?? null);
  const inserted = await tx.execute(
    `insert into ${schema}.command_log
       (actor, operation, key, input_hash, outcome, channel, reason, trace_id, recorded_at, business_at)
     values ($1, $2, $3, $4, 'running', $5, $6, $7, $8, $9) on conflict do nothing`,
    [...identity, inputHash, channel, reason ?? null, traceId, new Date(), tx.now],
  );
  if (inserted === 0) return storedOutcome<T>(tx, schema, identity, inputHash);

  const emitted = tx.emitted.length;
  const enqueued = tx.enqueued.length;
  await tx.query('savepoint once');
  try {
    const answer = await work(tx);
    await store(tx, schema, identity, 'succeeded', (answer ?? null) as JsonValue);
    return { answer };
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
    await tx.query('rollback to savepoint once');
    tx.emitted.length = emitted;
    tx.enqueued.length = enqueued;
    await store(tx, schema, identity, 'refused', toJson(error));
    return { refusal: error };
  }
}

async function storedOutcome<T>(
  tx: Tx,
  schema: DomainName,
  identity: string[],
  inputHash: string,
): Promise<OnceOutcome<T>> {
  const [row] = await tx.query<StoredCall>(
    `select input_hash, outcome, answer from ${schema}.command_log where actor = $1 and operation = $2 and key = $3`,
    identity,
  );
  if (!row || row.outcome === 'running') {
    throw new DomainError(
      'command_in_flight',
      'conflict',
      'The same command is still running: ask again shortly.',
    );
  }
  if (row.input_hash !== inputHash) {
    throw new DomainError(
      'idempotency_key_reused',
      'invalid',
      'This idempotency key was used before with other content: use a new key for a new command.',
      { operation: identity[1] },
    );
  }
  return row.outcome === 'succeeded' ? { answer: row.answer as T } : { refusal: fromJson(row.answer) };
}

async function store(
  tx: Tx,
  schema: DomainName,
  identity: string[],
  outcome: string,
  answer: JsonValue,
): Promise<void> {
  await tx.execute(
    `update ${schema}.command_log set outcome = $4, answer = $5 where actor = $1 and operation = $2 and key = $3`,
    [...identity, outcome, JSON.stringify(answer)],
  );
}

function toJson(error: DomainError): JsonValue {
  return JSON.parse(
    JSON.stringify({ code: error.code, kind: error.kind, message: error.message, details: error.details }),
  ) as JsonValue;
}

function fromJson(value: JsonValue): DomainError {
  const stored = value as unknown as {
    code: string;
    kind: ErrorKind;
    message: string;
    details: Record<string, unknown>;
  };
  return new DomainError(stored.code, stored.kind, stored.message, stored.details);
}
