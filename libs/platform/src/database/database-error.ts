import { DomainError } from '@ronghe/kernel';

/** The fields of a PostgreSQL error that we read (SQLSTATE, constraint), wherever TypeORM put them. */
interface SqlState {
  code?: unknown;
  constraint?: unknown;
  driverError?: SqlState;
}

function sqlState(error: unknown): SqlState {
  const outer = (error ?? {}) as SqlState;
  return outer.driverError ?? outer;
}

/** The server went away, or has no connection left. */
const lostStates = /^(57P0[123]|08...|ECONNREFUSED|ECONNRESET|53300)$/;
/** The same in the words of pg and TypeORM, which have no code for it. */
const lostMessages = /terminated|timeout exceeded|not queryable|runner already released/i;

/** Text that PostgreSQL cannot hold: what a client sent has the character U+0000. */
const unreadableTextStates = ['22021', '22P05'];

/** Serialization failure or deadlock: the transaction may simply be run again. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(String(sqlState(error).code));
}

/**
 * The one mapping from database errors to domain errors. A `DomainError` passes through; what is neither
 * a known conflict nor an outage comes back unchanged, and ends as an internal error at the edge.
 */
export function fromDatabaseError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const { code, constraint } = sqlState(error);
  const state = String(code ?? '');
  if (state === '23505' || state === '23P01') {
    return new DomainError('already_exists', 'conflict', 'Something with this identity exists already.', {
      constraint: String(constraint ?? ''),
    });
  }
  if (state === '55P03' || isRetryable(error))
    return new DomainError('busy', 'conflict', 'Another request holds this record: try again.');
  if (unreadableTextStates.includes(state))
    return new DomainError('input_invalid', 'invalid', 'Text may not hold the character U+0000.');
  if (lostStates.test(state) || lostMessages.test(String((error as Error)?.message))) {
    return new DomainError(
      'database_unavailable',
      'unavailable',
      'The database does not answer: try again shortly.',
    );
  }
  return error;
}
