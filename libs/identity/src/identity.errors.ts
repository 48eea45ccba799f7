import { DomainError } from '@ronghe/kernel';

/** What the identity domain refuses. The codes are part of the API; the README has the table. */
export const identityErrors = {
  /** forbidden: user name or password is wrong, or the member of staff was disabled. Nobody is told which. */
  signInFailed: () => new DomainError('sign_in_failed', 'forbidden', 'user name or password is wrong'),

  /** forbidden: too many failures, for a known name and an unknown one alike. */
  signInLocked: (retryAfterSeconds: number) =>
    new DomainError('sign_in_locked', 'forbidden', 'too many failed attempts: try again later', {
      retryAfterSeconds,
    }),

  /** conflict: the user name is taken. */
  usernameTaken: (username: string) =>
    new DomainError('username_taken', 'conflict', 'this user name is taken', { username }),

  /** invalid: a user name, display name, password or set of roles that nobody can have. */
  staffInvalid: (field: string, reason: string) =>
    new DomainError('staff_invalid', 'invalid', `not a usable member of staff: ${reason}`, { field }),

  /** not_found. */
  staffNotFound: (staffId: string) =>
    new DomainError('staff_not_found', 'not_found', 'no such member of staff', { staffId }),
};
