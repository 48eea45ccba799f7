/** What a caller can do about an error; the HTTP and GraphQL mappers know these five and no others. */
export type ErrorKind = 'invalid' | 'not_found' | 'conflict' | 'forbidden' | 'unavailable';

/**
 * The one error that a domain throws on purpose. `code` is stable snake_case and part of the API; `message`
 * is English for people; `details` is plain data that may be shown to the caller (never identity numbers).
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Whether a caught value is a DomainError. */
export function isDomainError(value: unknown): value is DomainError {
  return value instanceof DomainError;
}

/**
 * Ends an exhaustive switch: the compiler refuses the call while a case is missing. At run time it throws a
 * plain Error, since reaching it is a defect and not something a caller can correct.
 */
export function assertNever(value: never): never {
  throw new Error(`case not handled: ${String(value)}`);
}
