/**
 * Something a person can act on: the message is one sentence that says what is wrong and what to do.
 * Tools print it without a stack; any other error is a defect and keeps its stack.
 */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {{ details?: string, exitCode?: number, cause?: unknown }} [more] `details`: lines to show below it
   */
  constructor(message, { details = '', exitCode = 1, cause } = {}) {
    super(message, { cause });
    this.name = 'Failure';
    this.details = details;
    this.exitCode = exitCode;
  }
}

/**
 * Prints an error for people and returns the exit code that goes with it.
 * @param {unknown} error
 * @returns {number}
 */
export function reportFailure(error) {
  if (error instanceof Failure) {
    if (error.details) console.error(error.details.trimEnd());
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error instanceof Error ? error.stack : error);
  return 1;
}
