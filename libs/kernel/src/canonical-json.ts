import { createHash } from 'node:crypto';
import { DomainError } from './domain-error';

/** Deepest nesting that is written; commands and events stay far below. */
const DEPTH_LIMIT = 64;

/**
 * JSON whose text depends on the content alone: members sorted by UTF-16 code unit as in RFC 8785, no blanks,
 * undefined members left out (null in an array), bigint as a decimal string, Date as its ISO form.
 * @throws DomainError('not_canonical') for what JSON cannot hold (NaN, functions, Map, Set) and beyond 64 levels.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** SHA-256 of canonicalJson(value), 64 hexadecimal digits: the input hash of commands and usage records. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

function write(value: unknown, depth: number): string {
  if (depth > DEPTH_LIMIT) throw notCanonical('nested too deeply');
  if (value === null || value === undefined) return 'null';
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'bigint':
      return `"${value.toString()}"`;
    case 'number':
      if (!Number.isFinite(value)) throw notCanonical('a number is not finite');
      return JSON.stringify(value);
    case 'object':
      return writeObject(value, depth);
    case 'undefined':
    case 'function':
    case 'symbol':
      break;
  }
  throw notCanonical(`a ${typeof value} has no JSON form`);
}

function writeObject(value: object, depth: number): string {
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (value instanceof Map || value instanceof Set) throw notCanonical('a Map or Set has no JSON form');
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON(), depth + 1);
  // By UTF-16 code units is what sort() does of itself. Every command and usage record passes here: no list of entries is made.
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(member, depth + 1)}`;
  }
  return `{${text}}`;
}

function notCanonical(reason: string): DomainError {
  return new DomainError('not_canonical', 'invalid', `not canonical JSON: ${reason}`);
}
