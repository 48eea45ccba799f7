import { DomainError, isId } from '@ronghe/kernel';
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

/** How the standard's list of some resource is read. */
export interface TmfList {
  query: TmfListQuery & Record<string, unknown>;
  /** The parameter that names whose resources are listed: `billingAccount.id`. */
  narrowedBy: string;
  /** A page of the owner's resources, or of all (null), as they are sent, and how many there are. */
  read: (ownerId: string | null, page: TmfPage) => Promise<{ resources: readonly object[]; total: number }>;
  /** Attributes that the resource must have, whatever `fields` asks for. */
  required?: readonly string[];
}

/** Parameters that every list takes. */
const ofEveryList = ['offset', 'limit', 'fields'];

/**
 * Refuses what a list cannot be narrowed by: an answer that leaves a filter out would be wrong.
 * @throws DomainError `filter_unknown`
 */
export function assertFilters(query: object, narrowedBy: string): void {
  const name = Object.keys(query).find((each) => each !== narrowedBy && !ofEveryList.includes(each));
  if (name === undefined) return;
  const known = [narrowedBy, ...ofEveryList];
  throw new DomainError('filter_unknown', 'invalid', `This list takes ${known.join(', ')}, not ${name}.`, {
    name,
    known,
  });
}

/**
 * Sends the page of a list that a query asks for. An owner that cannot be one of ours has nothing.
 * @throws DomainError `page_invalid`, `filter_unknown`
 */
export async function sendTmfList(
  reply: FastifyReply,
  { query, narrowedBy, read, required }: TmfList,
): Promise<void> {
  assertFilters(query, narrowedBy);
  const page = tmfPageOf(query);
  const ownerId = textParameter(narrowedBy, query[narrowedBy]) ?? null;
  const isKnowable = ownerId === null || isId(ownerId);
  const { resources, total } = isKnowable ? await read(ownerId, page) : { resources: [], total: 0 };
  const shown = resources.map((resource) => selectFields(resource, query.fields, required));
  await sendTmfPage(reply, shown, total);
}

/** Sends a page that is cut from a list that was made whole. @throws DomainError `page_invalid` */
export async function sendTmfPart(
  reply: FastifyReply,
  query: TmfListQuery,
  resources: readonly object[],
): Promise<void> {
  const { offset, limit } = tmfPageOf(query);
  const shown = resources.slice(offset, offset + limit).map((each) => selectFields(each, query.fields));
  await sendTmfPage(reply, shown, resources.length);
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
