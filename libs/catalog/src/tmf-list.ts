import { catalogErrors } from './catalog.errors';

/** TMF630's parameters of a list. */
export interface ListQuery {
  fields?: string;
  offset?: string;
  limit?: string;
}

/** A page of a list and how long the list is. */
export interface ListPage {
  items: object[];
  total: number;
}

const LIMIT_DEFAULT = 20;
const LIMIT_MAXIMUM = 100;

/**
 * One page of resources with the fields that were asked for (TMF630 §5.4, 5.5).
 * @throws DomainError('query_invalid') for an offset or limit outside its range.
 */
export function listPage(resources: readonly object[], query: ListQuery): ListPage {
  const offset = readCount('offset', query.offset, 0, Number.MAX_SAFE_INTEGER, 0);
  const limit = readCount('limit', query.limit, 1, LIMIT_MAXIMUM, LIMIT_DEFAULT);
  const items = resources
    .slice(offset, offset + limit)
    .map((resource) => selectFields(resource, query.fields));
  return { items, total: resources.length };
}

/** First-level attributes of a resource; `id` and `href` always, all of them without `fields`. Unknown names are left out. */
export function selectFields(resource: object, fields: string | undefined): object {
  if (fields === undefined || fields.trim() === '') return resource;
  const wanted = new Set(['id', 'href', '@type', ...fields.split(',').map((field) => field.trim())]);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => wanted.has(name)));
}

function readCount(
  name: string,
  text: string | undefined,
  minimum: number,
  maximum: number,
  standard: number,
): number {
  if (text === undefined) return standard;
  const value = Number(text);
  if (!/^\d{1,16}$/.test(text) || value < minimum || value > maximum) {
    throw catalogErrors.queryInvalid(name, `a whole number from ${minimum} to ${maximum}`);
  }
  return value;
}
