import { DomainError } from '@ronghe/kernel';

/** Most resources that one answer lists. */
export const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

/** The paging and selecting part of a TM Forum query (TMF630). */
export interface ListQuery {
  offset: number;
  limit: number;
  fields: string | undefined;
}

/** @throws DomainError('query_invalid', 'invalid') for an offset or limit that is no whole number in its range. */
export function listQuery(query: Record<string, unknown>): ListQuery {
  return {
    offset: wholeNumber(query['offset'], 'offset', 0, 0, Number.MAX_SAFE_INTEGER),
    limit: wholeNumber(query['limit'], 'limit', DEFAULT_LIMIT, 1, MAX_LIMIT),
    fields: textParameter(query['fields'], 'fields'),
  };
}

/** A parameter that may be given once. @throws DomainError('query_invalid', 'invalid') when it is there twice. */
export function textParameter(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new DomainError('query_invalid', 'invalid', `${name} may be given once`, { name });
}

function wholeNumber(
  value: unknown,
  name: string,
  otherwise: number,
  minimum: number,
  maximum: number,
): number {
  const text = textParameter(value, name);
  if (text === undefined) return otherwise;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  throw new DomainError(
    'query_invalid',
    'invalid',
    `${name} must be a whole number from ${minimum} to ${maximum}`,
    { name },
  );
}
