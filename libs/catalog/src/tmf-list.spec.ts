import { DomainError } from '@ronghe/kernel';
import { listPage, selectFields, type ListQuery } from './tmf-list';

const resources = Array.from({ length: 45 }, (_, n) => ({
  id: `r${n}`,
  href: `/r${n}`,
  name: `R ${n}`,
  '@type': 'R',
}));

const codeOf = (query: ListQuery): unknown => {
  try {
    return listPage(resources, query);
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

describe('listPage', () => {
  it('has twenty from the start without parameters', () => {
    const { items, total } = listPage(resources, {});
    expect(items).toEqual(resources.slice(0, 20));
    expect(total).toBe(45);
  });

  it('ends with what is left, and with nothing beyond', () => {
    expect(listPage(resources, { offset: '40', limit: '100' }).items).toEqual(resources.slice(40));
    expect(listPage(resources, { offset: '45' })).toEqual({ items: [], total: 45 });
  });

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '1e1' },
    { limit: '' },
    { offset: '-1' },
    { offset: '1.5' },
  ])('refuses %j', (query) => expect(codeOf(query)).toBe('query_invalid'));
});

describe('selectFields', () => {
  const [resource = {}] = resources;

  it('keeps id, href and type beside what was asked for, and leaves out what is not there', () => {
    expect(selectFields(resource, 'name, colour')).toEqual({
      id: 'r0',
      href: '/r0',
      name: 'R 0',
      '@type': 'R',
    });
    expect(selectFields(resource, 'colour')).toEqual({ id: 'r0', href: '/r0', '@type': 'R' });
  });

  it('keeps everything when nothing was asked for', () => {
    expect(selectFields(resource, undefined)).toBe(resource);
    expect(selectFields(resource, ' ')).toBe(resource);
  });
});
