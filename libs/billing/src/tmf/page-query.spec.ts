import { selectFields } from './customer-bill';
import { listQuery } from './page-query';

it('reads paging with its defaults', () => {
  expect(listQuery({})).toEqual({ offset: 0, limit: 20, fields: undefined });
  expect(listQuery({ offset: '40', limit: '100', fields: 'billNo' })).toEqual({
    offset: 40,
    limit: 100,
    fields: 'billNo',
  });
});

it.each([
  { limit: '0' },
  { limit: '101' },
  { limit: 'ten' },
  { offset: '-1' },
  { offset: ['1', '2'] },
  { fields: ['a', 'b'] },
])('refuses %j', (query) => {
  expect(() => listQuery(query)).toThrow(expect.objectContaining({ code: 'query_invalid', kind: 'invalid' }));
});

it('keeps id and href beside the fields asked for', () => {
  const body = { id: '1', href: '/1', billNo: 'B1', state: 'sent' };
  expect(selectFields(body, 'billNo, unknown')).toEqual({ id: '1', href: '/1', billNo: 'B1' });
  expect(selectFields(body, undefined)).toBe(body);
});
