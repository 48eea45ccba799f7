import { contains, type Instant } from '@ronghe/kernel';
import { customerErrors } from './customer.errors';
import type { Contact } from './contact';

/** Stands for "until further notice"; the last row of a history ends here. */
export const FOREVER = '9999-12-31T00:00:00.000Z' as Instant;

/** A contact that was in force in [from, to), as it is known now. */
export interface ContactVersion extends Contact {
  id: string;
  /** Effective from, inclusive. */
  from: Instant;
  /** Effective to, exclusive; FOREVER while nothing follows. */
  to: Instant;
}

/** What an amendment writes: the row that is no longer what we know, and the rows that are. */
export interface Amendment {
  supersede: string;
  insert: ContactVersion[];
}

/**
 * Changes the contact from an instant on, until the next change that is already known. The row in force then is
 * superseded, never overwritten: the part before `from` is written again as it was, the part after with the new
 * contact. Coverage stays as it was, without gap or overlap (SEMANTICS §2).
 * @param current the rows that are not superseded, in any order.
 * @throws DomainError('contact_change_invalid') when `from` lies before the history or the contact is the same.
 */
export function amendContact(
  current: readonly ContactVersion[],
  contact: Contact,
  from: Instant,
  nextId: () => string,
): Amendment {
  const row = current.find((version) => contains(version, from));
  if (!row) throw customerErrors.contactChangeInvalid('it would start before the customer was registered');
  if (row.phone === contact.phone && row.address === contact.address) {
    throw customerErrors.contactChangeInvalid('the contact is the same');
  }
  const changed: ContactVersion = { ...contact, id: nextId(), from, to: row.to };
  const before: ContactVersion = { ...row, id: nextId(), to: from };
  return { supersede: row.id, insert: row.from === from ? [changed] : [before, changed] };
}

/** The contact in force at an instant; null before the history begins. */
export function contactAt(current: readonly ContactVersion[], instant: Instant): ContactVersion | null {
  return current.find((version) => contains(version, instant)) ?? null;
}
