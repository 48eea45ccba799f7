import { isId } from '@ronghe/kernel';
import { customerErrors } from './customer.errors';

/** Where a page of customers ended. */
export interface NamePosition {
  searchName: string;
  customerId: string;
}

/** A position as the text that the platform makes a cursor of; it holds no more than the page itself. */
export function namePositionToText(position: NamePosition): string {
  return JSON.stringify([position.searchName, position.customerId]);
}

/** @throws DomainError('cursor_invalid') for a text that is no position. */
export function namePositionFromText(text: string): NamePosition {
  try {
    const value: unknown = JSON.parse(text);
    if (
      Array.isArray(value) &&
      typeof value[0] === 'string' &&
      typeof value[1] === 'string' &&
      isId(value[1])
    ) {
      return { searchName: value[0], customerId: value[1] };
    }
  } catch {
    // Not ours: falls through to the refusal.
  }
  throw customerErrors.cursorInvalid();
}
