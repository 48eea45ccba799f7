import { createHash } from 'node:crypto';
import { DomainError } from './domain-error';

/** Deepest nesting that is written; commands and events stay far below. */
const DEPTH_LIMIT = 64;
const FEW_KEYS = 16;
/** Printable ASCII without quotation marks and backslashes. */
const PLAIN_TEXT = /^[ !#-[\]-~]*$/;

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
      return quoted(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return `"${value.toString()}"`;
    case 'number':
      if (!Number.isFinite(value)) throw notCanonical('a number is not finite');
      return `${value}`;
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
  // Every command, usage record and charging request passes here: no list of entries is made.
  let text = '';
  for (const key of sorted(Object.keys(value))) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(key)}:${write(member, depth + 1)}`;
  }
  return `{${text}}`;
}

/** By UTF-16 code units, as `<` and sort() compare; few keys, nearly in order, cost a tenth of a call of sort(). */
function sorted(keys: string[]): string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let end = 1; end < keys.length; end += 1) {
    const key = keys[end] ?? '';
    let at = end;
    for (let before = keys[at - 1]; before !== undefined && key < before; before = keys[at - 1]) {
      keys[at] = before;
      at -= 1;
    }
    keys[at] = key;
  }
  return keys;
}

/** What has to be escaped is rare. */
function quoted(text: string): string {
  return PLAIN_TEXT.test(text) ? `"${text}"` : JSON.stringify(text);
}

function notCanonical(reason: string): DomainError {
  return new DomainError('not_canonical', 'invalid', `not canonical JSON: ${reason}`);
}
