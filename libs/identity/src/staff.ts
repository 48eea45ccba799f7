import { roles as knownRoles, type Role } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { identityErrors } from './identity.errors';

/** Somebody who signs in: an employee of ours or of a partner. */
export interface Staff {
  staffId: string;
  username: string;
  displayName: string;
  roles: Role[];
  createdAt: Instant;
  /** From then on sign-in fails; null while allowed. */
  disabledAt: Instant | null;
}

/** A request for a new member of staff. */
export interface StaffRequest {
  username: string;
  displayName: string;
  password: string;
  roles: readonly string[];
}

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/;
/** NIST SP 800-63B §3.1.1: length is what counts; a limit so that hashing stays bounded. */
const PASSWORD_MINIMUM = 12;
const PASSWORD_MAXIMUM = 200;

/** The form in which user names are stored and compared: letter case and width do not matter. */
export function normalUsername(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/**
 * Checks a new member of staff.
 * @throws DomainError('staff_invalid') naming the field.
 */
export function readStaff(request: StaffRequest): Pick<Staff, 'username' | 'displayName' | 'roles'> {
  const username = normalUsername(request.username);
  if (!USERNAME.test(username)) {
    throw identityErrors.staffInvalid(
      'username',
      'a user name has 2 to 40 of a–z, 0–9, dot, dash and underscore',
    );
  }
  const displayName = request.displayName.normalize('NFC').trim();
  if (displayName === '' || [...displayName].length > 100 || /\p{Cc}/u.test(displayName)) {
    throw identityErrors.staffInvalid('displayName', 'a display name has 1 to 100 characters');
  }
  const passwordLength = [...request.password].length;
  if (passwordLength < PASSWORD_MINIMUM || passwordLength > PASSWORD_MAXIMUM) {
    throw identityErrors.staffInvalid(
      'password',
      `a password has ${PASSWORD_MINIMUM} to ${PASSWORD_MAXIMUM} characters`,
    );
  }
  if (normalUsername(request.password).includes(username)) {
    throw identityErrors.staffInvalid('password', 'a password must not contain the user name');
  }
  return { username, displayName, roles: readRoles(request.roles) };
}

function readRoles(names: readonly string[]): Role[] {
  const unknown = names.filter((name) => !(knownRoles as readonly string[]).includes(name));
  if (names.length === 0 || unknown.length > 0) {
    throw identityErrors.staffInvalid('roles', `roles are some of ${knownRoles.join(', ')}`);
  }
  return knownRoles.filter((role) => names.includes(role));
}
