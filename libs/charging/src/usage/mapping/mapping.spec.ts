import type { UsageExpression, UsageSourcePolicy } from '@ronghe/contracts';
import fc from 'fast-check';
import { LineInterpreter, layoutColumns, recordFromCells, cellsOf, type ReadLine } from '../record-reader';
import { inputsOf } from './columns-of';
import { compileExpression } from './expression';
import { textOf } from './expression-value';
import { Unreadable } from './unreadable';
import { msc as base } from './source.fixture';

const call = (name: Extract<UsageExpression, { call: unknown }>['call'], ...of: UsageExpression[]) => ({
  call: name,
  of,
});
const column = (name: string): UsageExpression => ({ column: name });
const text = (value: string): UsageExpression => ({ text: value });

function read(mapping: UsageSourcePolicy, line: string): ReadLine | undefined {
  const interpreter = new LineInterpreter(mapping, layoutColumns(mapping) ?? []);
  return interpreter.readLine({ text: line, number: 1, endOffset: line.length });
}

describe('layouts', () => {
  const fixed: UsageSourcePolicy = {
    ...base,
    fixedWidth: [
      { name: 'id', start: 1, length: 4 },
      { name: 'who', start: 5, length: 11 },
      { name: 'at', start: 16, length: 14 },
      { name: 'amount', start: 30, length: 6 },
    ],
    derived: [{ column: 'type', is: text('V') }],
    startFormat: 'compact',
  };

  it('cuts fixed widths, reads compact local times and constants', () => {
    expect(read(fixed, '00011380013800020260612080000    61')).toMatchObject({
      record: {
        recordId: '0001',
        subscriber: '13800138000',
        usedAt: '2026-06-12T00:00:00.000Z',
        quantity: 61n,
      },
    });
    expect(read(fixed, '0001138')).toMatchObject({ reason: '7 characters instead of 30 at least' });
    expect(read(fixed, '00011380013800020260631080000    61')).toMatchObject({
      reason: 'at is not a date and time',
    });
  });

  const json: UsageSourcePolicy = {
    ...base,
    format: 'json-lines',
    json: [
      { name: 'id', path: ['record', 'id'] },
      { name: 'who', path: ['party', '0', 'imsi'] },
      { name: 'at', path: ['start'] },
      { name: 'octets', path: ['octets'] },
      { name: 'price', path: ['price'] },
    ],
    derived: [
      { column: 'type', is: text('D') },
      { column: 'amount', is: call('ceil', call('divide', column('octets'), text('1024'))) },
    ],
    startFormat: 'epoch-seconds',
    subscriberBy: 'imsi',
    columns: { ...base.columns, preratedAmount: 'price' },
    types: [{ value: 'D', usageClass: 'data', quantity: 'amount', unit: 'kb' }],
  };

  it('finds members of objects, epoch seconds and exact amounts', () => {
    const line = {
      record: { id: 7 },
      party: [{ imsi: '460030000000001' }],
      start: 1_781_222_400,
      octets: 1025,
    };
    expect(read(json, JSON.stringify({ ...line, price: '1.25' }))).toMatchObject({
      record: {
        recordId: '7',
        subscriber: 'imsi-460030000000001',
        usedAt: '2026-06-12T00:00:00.000Z',
        quantity: 2n,
        preratedAmount: 1_250_000n,
      },
    });
    expect(read(json, JSON.stringify(line))).toMatchObject({ record: { preratedAmount: null } });
    expect(read(json, JSON.stringify({ ...line, octets: -2048 }))).toMatchObject({
      reason: 'amount is not a whole number of kbs',
    });
    expect(read(json, JSON.stringify({ ...line, price: -1 }))).toMatchObject({
      reason: 'price is not an amount such as 12.50, 1000000 at most',
    });
    expect(read(json, '{"octets": 1e300}')).toMatchObject({ kind: 'malformed' });
    expect(read(json, '[]')).toMatchObject({ reason: 'is not a JSON object' });
    expect(read(json, '{')).toMatchObject({ reason: 'is not a JSON object' });
  });

  it('sets a line aside whose divisor is 0, and reads the next one', () => {
    const divided = {
      ...json,
      derived: [
        { column: 'type', is: text('D') },
        { column: 'amount', is: call('divide', text('1024'), column('octets')) },
      ],
    };
    const line = (octets: number) =>
      JSON.stringify({
        record: { id: 7 },
        party: [{ imsi: '460030000000001' }],
        start: 1_781_222_400,
        octets,
      });
    expect(read(divided, line(0))).toMatchObject({
      kind: 'malformed',
      reason: 'amount: something is divided by zero',
    });
    expect(read(divided, line(512))).toMatchObject({ record: { quantity: 2n } });
  });

  it('rates 10^15 octets exactly and refuses what leaves twelve digits', () => {
    const octets = {
      ...json,
      types: [{ value: 'D', usageClass: 'data', quantity: 'octets', unit: 'octet' }],
    };
    const line = (amount: string) =>
      `{"record":{"id":7},"party":[{"imsi":"460030000000001"}],"start":1781222400,"octets":${amount}}`;
    expect(read(octets as UsageSourcePolicy, line('1000000000000000'))).toMatchObject({
      record: { quantity: 976_562_500_000n },
    });
    expect(read(octets as UsageSourcePolicy, line('9000000000000000'))).toMatchObject({
      reason: 'octets has more than 12 digits in kb',
    });
  });

  const parts: UsageSourcePolicy = {
    ...base,
    format: 'csv',
    csv: { delimiter: ';', quote: null, columns: ['id', 'who', 'at', 'amount', 'call', 'part', 'end'] },
    derived: [{ column: 'type', is: text('V') }],
    columns: { ...base.columns, parts: { callId: 'call', number: 'part', last: 'end' } },
    types: [{ value: 'V', usageClass: 'voice', quantity: 'amount', unit: 'minute' }],
  };

  it('reads columns by position, minutes with decimals and parts of calls', () => {
    expect(read(parts, 'a;13800138000;2026-06-12 08:00:00;1.5;c1;2;last')).toMatchObject({
      record: { quantity: 90n, unit: 'second', part: { callId: 'c1', number: 2, isLast: true } },
    });
    expect(read(parts, 'a;13800138000;2026-06-12 08:00:00;2;;;')).toMatchObject({
      record: { quantity: 120n, part: null },
    });
    expect(read(parts, 'a;13800138000;2026-06-12 08:00:00;2;c1;0;')).toMatchObject({
      reason: 'part is not a number of a part, from 1',
    });
  });

  it('takes no column without a name for a derived quantity', () => {
    const derived: UsageSourcePolicy = {
      ...base,
      format: 'csv',
      derived: [{ column: 'amount', is: call('ceil', call('divide', column('octets'), text('1024'))) }],
      types: [{ value: 'D', usageClass: 'data', quantity: 'amount', unit: 'kb' }],
    };
    const interpreter = new LineInterpreter(derived, ['', 'id', 'type', 'who', 'at', 'octets']);
    const line = '17825792,a,D,13800138000,2026-06-12 08:00:00,1025';
    expect(interpreter.readLine({ text: line, number: 2, endOffset: line.length })).toMatchObject({
      record: { quantity: 2n },
    });
  });

  it('reads corrected cells as it reads lines, whatever the layout', () => {
    for (const [mapping, line] of [
      [fixed, '00011380013800020260612080000    61'],
      [parts, 'a;13800138000;2026-06-12 08:00:00;1.5;c1;2;last'],
    ] as const) {
      const first = read(mapping, line);
      if (first?.kind !== 'record') throw new Error('not read');
      const cells = cellsOf(first.row, layoutColumns(mapping) ?? []);
      expect(recordFromCells(cells, mapping)).toEqual(first.record);
      expect(recordFromCells({ ...cells, amount: 'x' }, mapping)).toMatch(/^amount is not/);
    }
  });
});

describe('what a derived column is made of', () => {
  it('is found once for each, however often they use each other', () => {
    const doubled = Array.from({ length: 40 }, (_, at) => {
      const before = column(at === 0 ? 'a' : `d${at - 1}`);
      return { column: `d${at}`, is: call('concat', before, before, text('x')) };
    });
    expect(inputsOf({ derived: doubled }, 'd39')).toEqual(['a']);
    expect(inputsOf({ derived: [{ column: 'x', is: text('V') }] }, 'x')).toEqual([]);
    expect(inputsOf({ derived: doubled }, 'a')).toBeNull();
  });
});

describe('expressions', () => {
  const columns = ['a', 'b'];
  const tables = { kinds: { '1': 'voice' } };
  const indexOf = (name: string) => (columns.includes(name) ? columns.indexOf(name) : undefined);
  const work = (expression: UsageExpression, ...row: string[]): string => {
    try {
      return textOf(compileExpression(expression, { indexOf, tables })(row));
    } catch (error) {
      if (error instanceof Unreadable) return `! ${error.message}`;
      throw error;
    }
  };

  it.each<[UsageExpression, string]>([
    [call('add', text('0.1'), text('0.2')), '0.3'],
    [call('divide', text('1'), text('3')), '0.333333333333'],
    [call('subtract', text('0'), text('2.50')), '-2.5'],
    [call('divide', text('1'), text('0')), '! something is divided by zero'],
    [call('multiply', text('9'.repeat(30)), text('9'.repeat(30))), '! a number has too many digits'],
    [call('round', text('2.5')), '3'],
    [call('floor', text('-2.5')), '-3'],
    [call('convert', text('1536'), text('octet'), text('kb')), '1.5'],
    [call('convert', text('90'), text('second'), text('minute')), '1.5'],
    [call('substring', text('abcdef'), text('2'), text('3')), 'bcd'],
    [call('substring', text('abc'), text('0')), '! a text begins at position 1'],
    [call('replace', text('a-b-c'), text('-'), text('$&')), 'a$&b$&c'],
    [call('lookup', text('1'), text('kinds')), 'voice'],
    [call('lookup', text('2'), text('kinds')), '! 2 is not in the table kinds'],
    [call('lookup', text('constructor'), text('__proto__'), text('none')), 'none'],
    [call('lookup', text('toString'), text('kinds'), text('none')), 'none'],
    [call('if', call('less', text('2'), text('10')), text('yes'), call('add', text('x'), text('1'))), 'yes'],
    [call('equals', text('1.0'), text('1')), 'false'],
    [call('equals', call('add', text('1.0'), text('0')), text('1')), 'true'],
    [call('and', text('true'), call('not', text('true'))), 'false'],
    [call('length', text('日本')), '2'],
    [call('add', text('x'), text('1')), '! x is not a number'],
  ])('%j is %s', (expression, result) => {
    expect(work(expression)).toBe(result);
  });

  it('always end with a text or a reason, whatever they are and whatever a row holds', () => {
    const names = [
      'concat',
      'trim',
      'add',
      'divide',
      'substring',
      'lookup',
      'if',
      'less',
      'or',
      'ceil',
    ] as const;
    const { expression } = fc.letrec<{ expression: UsageExpression }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('a', 'b', 'c').map(column),
        fc.oneof(fc.string(), fc.integer().map(String)).map(text),
        fc.record({ call: fc.constantFrom(...names), of: fc.array(tie('expression'), { maxLength: 3 }) }),
      ),
    }));
    fc.assert(
      fc.property(expression, fc.string(), fc.string(), (tried, a, b) => {
        expect(typeof work(tried, a, b)).toBe('string');
      }),
    );
  });
});
