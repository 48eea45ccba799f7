import type { UsageExpression, UsageSourcePolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { cellsOf, LineInterpreter, recordFromCells } from '../record-reader';
import { rowOfPosted, type PostedUsage } from './posted-usage';

const base: UsageSourcePolicy = {
  kind: 'usage-source',
  code: 'posted',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  source: 'posted',
  format: 'csv',
  zone: 'Asia/Shanghai',
  columns: { recordId: 'id', type: 'type', subscriber: 'who', peer: null, start: 'at' },
  subscriberBy: 'number',
  types: [{ value: 'V', usageClass: 'voice', quantity: 'amount', unit: 'second' }],
  lateAfterPeriods: 2,
};
const column = (name: string): UsageExpression => ({ column: name });
const derived: UsageSourcePolicy = {
  ...base,
  startFormat: 'compact',
  derived: [
    { column: 'moment', is: { call: 'concat', of: [column('day'), column('time')] } },
    { column: 'at', is: { call: 'trim', of: [column('moment')] } },
    { column: 'type', is: { call: 'upper', of: [column('kind')] } },
  ],
};

function read(mapping: UsageSourcePolicy, posted: Partial<PostedUsage>, more: Record<string, unknown> = {}) {
  const given = { id: 'a', who: '13800138000', amount: 61, ...more };
  const characteristics = Object.entries(given).map(([name, value]) => ({ name, value }));
  const { columns, row } = rowOfPosted({ ...posted, characteristics }, mapping);
  const line = { text: '{}', number: 1, endOffset: 2 };
  const read = new LineInterpreter(mapping, columns).readRow(line, row);
  const again = recordFromCells(cellsOf(row, columns), mapping);
  if (read.kind === 'record') expect(again).toEqual(read.record);
  else expect(again).toBe(read.reason);
  return read.kind === 'record' ? read.record : read.reason;
}

const usageDate = '2026-06-13T08:00:00.250+08:00';

it.each([
  ['iso', '2026-06-13T00:00:00.250Z'],
  ['compact', '2026-06-13T00:00:00.250Z'],
  ['epoch-seconds', '2026-06-13T00:00:00.000Z'],
  ['epoch-milliseconds', '2026-06-13T00:00:00.250Z'],
] as const)('reads usageDate whatever the format of starts is: %s', (startFormat, usedAt) => {
  expect(read({ ...base, startFormat }, { usageDate, usageType: 'V' })).toMatchObject({ usedAt });
  expect(read({ ...derived, startFormat }, { usageDate, usageType: 'V' })).toMatchObject({ usedAt });
});

it('derives start and type where a client gives what they are made of', () => {
  const given = { day: '20260614', time: '080000', kind: 'v' };
  expect(read(derived, { usageDate, usageType: 'X' }, given)).toMatchObject({
    usedAt: '2026-06-14T00:00:00.000Z',
    usageClass: 'voice',
  });
  const constant = { ...base, derived: [{ column: 'type', is: { text: 'V' } }] };
  expect(read(constant, { usageDate, usageType: 'call' })).toMatchObject({ usageClass: 'voice' });
});

it('leaves a date that is none to be set aside', () => {
  const posted = { usageDate: '2026-06-13T25:00:00Z', usageType: 'V' };
  expect(read({ ...base, startFormat: 'compact' }, posted)).toBe('at is not a date and time');
});

it.each([9_007_199_254_740_992, 1e30, -1e16, 0.1234567890123456, -12.34567890123456, 1e-7])(
  'refuses a number that JSON may have rounded: %d',
  (id) => {
    expect(() => read(base, { usageDate, usageType: 'V' }, { id })).toThrow(
      expect.objectContaining({ code: 'usage_number_inexact', details: { column: 'id' } }),
    );
    // A column of which the mapping knows nothing is nobody's.
    expect(read(base, { usageDate, usageType: 'V' }, { serial: id })).toMatchObject({ recordId: 'a' });
  },
);

it('takes ids of up to fifteen digits as numbers, and any as texts', () => {
  const ids = [123_456_789_012_345, '9007199254740993'];
  for (const id of ids)
    expect(read(base, { usageDate, usageType: 'V' }, { id })).toMatchObject({ recordId: String(id) });
});

it.each([9_007_199_254_740_991, 0.123456789012345, -0.000001, 12.3456789012345])(
  'takes the number %d',
  (id) => {
    expect(read(base, { usageDate, usageType: 'V' }, { id })).toMatchObject({ recordId: String(id) });
  },
);
