import { orderingError } from '../ordering.errors';

/** Query parameters that every list of the standard takes. */
export interface TmfListQuery {
  offset?: string;
  limit?: string;
  fields?: string;
  'relatedParty.id'?: string;
}

export const TMF_PAGE_SIZE = 20;
export const TMF_PAGE_MAXIMUM = 100;

/** Position and size of a page. @throws DomainError page_invalid */
export function pageOf(query: TmfListQuery): { offset: number; limit: number } {
  const offset = wholeNumber(query.offset, 0);
  const limit = wholeNumber(query.limit, TMF_PAGE_SIZE);
  if (limit < 1 || limit > TMF_PAGE_MAXIMUM)
    throw orderingError('page_invalid', { limit: query.limit ?? null });
  return { offset, limit };
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw orderingError('page_invalid', { value: text.slice(0, 40) });
  return Number(text);
}

/** Attributes that are always there, whatever `fields` asks for. */
const always = ['id', 'href', '@type'];

/** Only the first-level attributes that `fields` names (`fields=state,orderDate`), and what is `required`. */
export function selectFields(
  body: Record<string, unknown>,
  fields: string | undefined,
  required: readonly string[] = [],
): Record<string, unknown> {
  if (fields === undefined || fields === '') return body;
  const wanted = new Set([...always, ...required, ...fields.split(',').map((name) => name.trim())]);
  return Object.fromEntries(Object.entries(body).filter(([name]) => wanted.has(name)));
}
