import fc from 'fast-check';
import { arrayOf, columnArrays } from './column-arrays';

it('writes one array for each column', () => {
  const rows = [
    { id: 'a-1', units: 5n, note: null },
    { id: 'b/2', units: -7n, note: 'two words' },
  ];
  expect(
    columnArrays(
      rows,
      (row) => row.id,
      (row) => row.units,
      (row) => row.note,
      (row) => row.units > 0n,
    ),
  ).toEqual(['{a-1,b/2}', '{5,-7}', '{NULL,"two words"}', '{true,false}']);
});

it('quotes what an array would read otherwise', () => {
  expect(arrayOf(['', 'null', 'NULL', 'a,b', '{', '"', '\\', undefined])).toBe(
    '{"","null","NULL","a,b","{","\\"","\\\\",NULL}',
  );
  expect(arrayOf([new Date('2026-06-01T00:00:00Z'), 1.5])).toBe('{2026-06-01T00:00:00.000Z,1.5}');
  expect(arrayOf([])).toBe('{}');
});

it('never leaves a delimiter, a brace or a blank outside of quotes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (texts) => {
      const inner = arrayOf(texts).slice(1, -1);
      const bare = inner.replace(/"(?:[^"\\]|\\.)*"/gsu, '"');
      expect(bare === '' ? [] : bare.split(',')).toHaveLength(texts.length);
      expect(bare).toMatch(/^(?:"|[\w.:+/#-]+)?(?:,(?:"|[\w.:+/#-]+))*$/);
    }),
  );
});
