import { assertFilters, selectFields, textParameter, tmfPageOf } from './tmf-list';

const refusal = expect.objectContaining({ code: 'page_invalid', kind: 'invalid' });

describe('tmfPageOf', () => {
  it('has twenty from the start without parameters', () => {
    expect(tmfPageOf({})).toEqual({ offset: 0, limit: 20 });
  });

  it('reads what it is told', () => {
    expect(tmfPageOf({ offset: '40', limit: '100' })).toEqual({ offset: 40, limit: 100 });
    expect(tmfPageOf({ offset: '999999999999999', limit: '1' })).toEqual({
      offset: 999999999999999,
      limit: 1,
    });
  });

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '1e1' },
    { limit: 'ten' },
    { limit: '' },
    { limit: ['1', '2'] },
    { offset: '-1' },
    { offset: '1.5' },
    { offset: '9999999999999999' },
    { offset: ['1', '2'] },
  ])('refuses %j', (query) => {
    expect(() => tmfPageOf(query)).toThrow(refusal);
  });
});

describe('selectFields', () => {
  const resource = { id: 'r0', href: '/r0', name: 'R 0', items: [1], '@type': 'R' };

  it('keeps id, href and type beside what was asked for, and leaves out what is not there', () => {
    expect(selectFields(resource, 'name, colour')).toEqual({
      id: 'r0',
      href: '/r0',
      name: 'R 0',
      '@type': 'R',
    });
    expect(selectFields(resource, 'colour')).toEqual({ id: 'r0', href: '/r0', '@type': 'R' });
  });

  it('keeps what is required', () => {
    expect(selectFields(resource, 'name', ['items'])).toEqual(resource);
  });

  it('keeps everything when nothing was asked for', () => {
    expect(selectFields(resource, undefined)).toBe(resource);
    expect(selectFields(resource, ' ')).toBe(resource);
  });

  it('refuses fields that are there twice', () => {
    expect(() => selectFields(resource, ['id', 'name'])).toThrow(refusal);
  });
});

it('takes a parameter once', () => {
  expect(textParameter('bill.id', 'b1')).toBe('b1');
  expect(textParameter('bill.id', undefined)).toBeUndefined();
  expect(() => textParameter('bill.id', ['b1', 'b2'])).toThrow(refusal);
});

it('refuses a filter that it would leave out', () => {
  expect(() =>
    assertFilters({ offset: '1', limit: '2', fields: 'id', 'bill.id': 'b1' }, 'bill.id'),
  ).not.toThrow();
  expect(() => assertFilters({ state: 'settled' }, 'bill.id')).toThrow(
    expect.objectContaining({
      code: 'filter_unknown',
      kind: 'invalid',
      details: expect.objectContaining({ name: 'state' }),
    }),
  );
});
