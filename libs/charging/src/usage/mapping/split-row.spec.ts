import type { UsageSourcePolicy } from '@ronghe/contracts';
import { cellsOf, layoutColumns, LineInterpreter, recordFromCells, type ReadLine } from '../record-reader';
import { rowSplitter } from './split-row';
import { msc as base } from './source.fixture';

it.each(["'", '|', '"'])('reads cells in quotes of any kind, also where they hold one: %s', (quote) => {
  const columns = ['id', 'who'];
  const mapping: UsageSourcePolicy = { ...base, format: 'csv', csv: { delimiter: ',', quote, columns } };
  const row = rowSplitter(mapping)(`${quote}a, ${quote}${quote}b${quote},c`);
  expect(row).toEqual([`a, ${quote}b`, 'c']);
});

describe('a line of which only the beginning was kept', () => {
  const cut = (mapping: UsageSourcePolicy, line: string): ReadLine | undefined => {
    const interpreter = new LineInterpreter(mapping, layoutColumns(mapping) ?? []);
    return interpreter.readLine({ text: line, number: 1, endOffset: 20_000, isCut: true });
  };
  const csv = (columns: string[]): UsageSourcePolicy => ({
    ...base,
    format: 'csv',
    csv: { delimiter: ',', quote: '"', columns },
  });
  const reason = 'longer than 16384 bytes';

  it('holds no record, and no cell that is taken for whole', () => {
    const columns = ['id', 'type', 'who', 'at', 'amount', 'more'];
    const whole = ['a', 'V', '13800138000', '2026-06-12T08:00:00+08:00'];
    const read = cut(csv(columns), `${whole.join(',')},12`);
    expect(read).toMatchObject({ kind: 'malformed', reason, row: [...whole, '12\u2026', '\u2026'] });
    expect(recordFromCells(cellsOf(read?.row ?? [], columns), csv(columns))).toMatch(/^amount/);
    expect(cut(csv(columns), 'a,"V')).toMatchObject({ reason, row: [] });
    expect(cut(csv(['id']), 'a,b,c')).toMatchObject({ reason, row: ['a', 'b', 'c\u2026'] });
    expect(cut(csv(columns), '   ')).toMatchObject({ reason });
    const json: UsageSourcePolicy = { ...base, format: 'json-lines', json: [{ name: 'id', path: ['id'] }] };
    expect(cut(json, '{"id": "a')).toMatchObject({ reason, row: [] });
    const fixedWidth = [
      { name: 'id', start: 1, length: 2 },
      { name: 'amount', start: 3, length: 6 },
    ];
    expect(cut({ ...base, fixedWidth }, 'id 12')).toMatchObject({ reason, row: ['id', '12\u2026'] });
  });
});
