import { inventoryError } from './inventory.errors';

const PATTERN_LENGTH_LIMIT = 20;

/**
 * What a customer writes to look for a number, as an SQL LIKE pattern: digits stand for themselves, `?` for one
 * digit, `*` for any. Without a star it is a tail, since that is what people choose by: `88` finds all that end in 88.
 * @throws DomainError('pattern_invalid') for other characters and beyond 20.
 */
export function likePatternFrom(pattern: string): string {
  if (!/^[\d?*]+$/.test(pattern) || pattern.length > PATTERN_LENGTH_LIMIT) {
    throw inventoryError('pattern_invalid', { pattern: pattern.slice(0, 40) });
  }
  const full = pattern.includes('*') ? pattern : `*${pattern}`;
  return full.replace(/\*+/g, '%').replace(/\?/g, '_');
}
