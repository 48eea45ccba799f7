import { newId } from '@ronghe/kernel';
import { connectionOf, MAX_PAGE_SIZE, pageLimit, pageStart, pageStartId } from './connection';

const rows = (count: number): { id: string }[] =>
  Array.from({ length: count }, (_, at) => ({ id: `r${at}` }));
const idOf = ({ id }: { id: string }): string => id;

it('shows as many as were asked for and says that more follow', () => {
  const page = connectionOf(rows(3), { first: 2 }, idOf);
  expect(page.edges.map(({ node }) => node.id)).toEqual(['r0', 'r1']);
  expect(page.pageInfo.hasNextPage).toBe(true);
  expect(pageStart({ after: page.pageInfo.endCursor })).toBe('r1');
});

it('ends where there is no more', () => {
  expect(connectionOf(rows(2), { first: 2 }, idOf).pageInfo.hasNextPage).toBe(false);
  expect(connectionOf([], {}, idOf)).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, endCursor: null },
  });
});

it('starts at the beginning without a cursor', () => {
  expect([pageStart({}), pageStart({ after: null })]).toEqual([null, null]);
});

it('reads one row more than it shows', () => {
  expect([pageLimit({}), pageLimit({ first: null }), pageLimit({ first: MAX_PAGE_SIZE })]).toEqual([
    21,
    21,
    MAX_PAGE_SIZE + 1,
  ]);
});

it.each([0, -1, MAX_PAGE_SIZE + 1, 1.5, Number.NaN])('refuses a page of %d', (first) => {
  expect(() => pageLimit({ first })).toThrow(expect.objectContaining({ code: 'page_size_invalid' }));
});

it('refuses an empty cursor', () => {
  expect(() => pageStart({ after: '' })).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
});

it('starts a list by ids at ids only', () => {
  const id = newId();
  const { endCursor: after } = connectionOf([{ id }], {}, idOf).pageInfo;
  expect([pageStartId({ after }), pageStartId({})]).toEqual([id, null]);
  const { endCursor: foreign } = connectionOf(rows(1), {}, idOf).pageInfo;
  expect(() => pageStartId({ after: foreign })).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
});
