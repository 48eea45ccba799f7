import fc from 'fast-check';
import { copyLines } from './copy-rows.adapter';

it('writes a line for each row', () => {
  const rows = [
    { id: 'a-1', units: 5n, note: null },
    { id: '', units: -7n, note: '{"text": "two words"}' },
  ];
  const text = copyLines(
    rows,
    (row) => row.id,
    (row) => row.units,
    (row) => row.note,
    (row) => row.units > 0n,
  );
  expect(text).toBe('a-1\t5\t\\N\ttrue\n\t-7\t{"text": "two words"}\tfalse\n');
});

/** COPY's own reading of a field: documentation of PostgreSQL, COPY, text format. */
function read(field: string): string | null {
  const words: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
  return field === '\\N' ? null : field.replace(/\\(.)/g, (_, word: string) => words[word] ?? word);
}

it('gives every text back, and tells none from an empty one', () => {
  const value = fc.option(fc.oneof(fc.string(), fc.stringMatching(/^[\\tnrN.\t\n\r]*$/)));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), (rows) => {
      const text = copyLines(
        rows,
        ([first]) => first,
        ([, second]) => second,
      );
      const lines = text.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => line.split('\t').map(read))).toEqual(rows);
    }),
  );
});
