import { DomainError, isId } from '@ronghe/kernel';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** How many rows to read for a page: one more than it shows. @throws DomainError `page_size_invalid`. */
export function pageLimit({ first }: PageArguments): number {
  const size = first ?? DEFAULT_PAGE_SIZE;
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE_SIZE) {
    throw new DomainError('page_size_invalid', 'invalid', `first must be 1 to ${MAX_PAGE_SIZE}.`, {
      first: size,
    });
  }
  return size + 1;
}

/** The key that the page starts after, null for the first page. @throws DomainError `cursor_invalid`. */
export function pageStart({ after }: PageArguments): string | null {
  if (after === null || after === undefined) return null;
  const text = Buffer.from(after, 'base64url').toString('utf8');
  if (text === '') throw cursorInvalid();
  return text;
}

/** The same for a list whose cursors are ids. @throws DomainError `cursor_invalid` for anything else. */
export function pageStartId(page: PageArguments): string | null {
  const id = pageStart(page);
  if (id !== null && !isId(id)) throw cursorInvalid();
  return id;
}

/** A relay page from rows that were read with `pageLimit`. */
export function connectionOf<T>(
  rows: readonly T[],
  page: PageArguments,
  cursorOf: (row: T) => string,
): Connection<T> {
  const size = pageLimit(page) - 1;
  const shown = rows.slice(0, size);
  const edges = shown.map((node) => ({
    cursor: Buffer.from(cursorOf(node), 'utf8').toString('base64url'),
    node,
  }));
  return { edges, pageInfo: { hasNextPage: rows.length > size, endCursor: edges.at(-1)?.cursor ?? null } };
}

function cursorInvalid(): DomainError {
  return new DomainError('cursor_invalid', 'invalid', 'The cursor is not one of ours.');
}
