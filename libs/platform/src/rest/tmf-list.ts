import { DomainError } from '@ronghe/kernel';
import type { FastifyReply } from 'fastify';
import { sendJson } from './json-number';

/** Resources that a list of the standard shows when it is not told how many. */
export const TMF_PAGE_SIZE = 20;
/** Most resources that one answer lists. */
export const TMF_PAGE_MAXIMUM = 100;

/** The parameters that every list takes (TMF630), as they came: text, a list of texts when repeated, or absent. */
export interface TmfListQuery {
  offset?: unknown;
  limit?: unknown;
  fields?: unknown;
}

/** Position and size of a page. */
export interface TmfPage {
  offset: number;
  limit: number;
}

/**
 * The page that is asked for: from the start and twenty resources unless told otherwise, a hundred at most.
 * @throws DomainError `page_invalid` for an offset or limit that is no whole number in its range, or is there twice.
 */
export function tmfPageOf(query: TmfListQuery): TmfPage {
  return {
    offset: wholeNumber('offset', query.offset, { otherwise: 0, from: 0, to: Number.MAX_SAFE_INTEGER }),
    limit: wholeNumber('limit', query.limit, { otherwise: TMF_PAGE_SIZE, from: 1, to: TMF_PAGE_MAXIMUM }),
  };
}

/** A query parameter that may be given once. @throws DomainError `page_invalid` when it is there twice. */
export function textParameter(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new DomainError('page_invalid', 'invalid', `${name} may be given once.`, { name });
}

/** Attributes that are always there, whatever `fields` asks for. */
const always = ['id', 'href', '@type'];

/**
 * The first-level attributes that `fields` names (`fields=state,orderDate`), with `id`, `href`, `@type` and what else the
 * standard requires; all of them without `fields`. Unknown names are left out.
 * @throws DomainError `page_invalid` when `fields` is there twice.
 */
export function selectFields<T extends object>(
  body: T,
  fields: unknown,
  required: readonly string[] = [],
): Partial<T> {
  const text = textParameter('fields', fields);
  if (text === undefined || text.trim() === '') return body;
  const wanted = new Set([...always, ...required, ...text.split(',').map((name) => name.trim())]);
  return Object.fromEntries(Object.entries(body).filter(([name]) => wanted.has(name))) as Partial<T>;
}

/** Sends one page of a list of `total` resources, with the counts that TMF630 has in headers. */
export function sendTmfPage(reply: FastifyReply, resources: readonly object[], total: number): FastifyReply {
  void reply.header('X-Total-Count', String(total)).header('X-Result-Count', String(resources.length));
  return sendJson(reply, resources);
}

function wholeNumber(
  name: string,
  value: unknown,
  { otherwise, from, to }: { otherwise: number; from: number; to: number },
): number {
  const text = textParameter(name, value);
  if (text === undefined) return otherwise;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new DomainError('page_invalid', 'invalid', `${name} must be a whole number from ${from} to ${to}.`, {
    name,
  });
}
