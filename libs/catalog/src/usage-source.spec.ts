import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { parse } from 'yaml';
import { parseUsageExpression } from './usage-expression-parser';
import { usageSourceSchema } from './usage-source-schema';

const authored = {
  kind: 'usage-source',
  code: 'msc',
  version: '1',
  effectiveFrom: '2020-01-01',
  source: 'msc',
  format: 'fixed-width',
  fixedWidth: [
    { name: 'switch', start: '1', length: '4' },
    { name: 'sequence', start: '5', length: '8' },
    { name: 'service', start: '13', length: '2' },
    { name: 'number', start: '15', length: '11' },
    { name: 'begin', start: '26', length: '14' },
    { name: 'amount', start: '40', length: '10' },
  ],
  tables: { services: { '01': 'voice', '02': 'sms' } },
  derived: { type: "lookup(service, 'services', 'none')", quantity: 'ceil(amount / 1000)' },
  zone: 'Asia/Shanghai',
  startFormat: 'compact',
  columns: { recordId: ['switch', 'sequence'], type: 'type', subscriber: 'number', start: 'begin' },
  subscriberBy: 'number',
  types: [{ value: 'voice', usage: 'voice', quantity: 'quantity', unit: 'second' }],
  lateAfterPeriods: '2',
};

function problemsOf(changes: object): string[] {
  const result = usageSourceSchema.safeParse({ ...authored, ...changes });
  return result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

describe('a mapping document', () => {
  it('may divide by a column, and by constants that are not 0', () => {
    const derived = { type: 'service', quantity: '1/2 + amount / sequence - amount / (2 - 1)' };
    expect(problemsOf({ derived })).toEqual([]);
  });

  it('makes one derived column of a composite record id', () => {
    const policy: UsageSourcePolicy = usageSourceSchema.parse(authored);
    expect(policy.columns).toEqual({
      recordId: 'switch+sequence',
      type: 'type',
      subscriber: 'number',
      peer: null,
      start: 'begin',
    });
    expect(policy.derived?.at(-1)).toEqual({
      column: 'switch+sequence',
      is: { call: 'concat', of: [{ column: 'switch' }, { text: '+' }, { column: 'sequence' }] },
    });
  });

  it.each<[string, object, string]>([
    ['another format’s layout', { format: 'csv' }, 'fixedWidth: does not belong to format csv'],
    ['no layout', { fixedWidth: undefined }, 'fixedWidth: is needed by format fixed-width'],
    [
      'a constant division by zero',
      { derived: { type: "lookup(service, 'services', 'none')", quantity: 'amount / (1 - 1)' } },
      'derived.quantity: divides by zero in every record: amount / (1 - 1)',
    ],
    [
      'one that is nested, and in a branch',
      { derived: { type: 'service', quantity: "if(amount = '0', 1, ceil(1/0.0) + amount)" } },
      "derived.quantity: divides by zero in every record: if(amount = '0', 1, ceil(1/0.0) + amount)",
    ],
    [
      'a column that no line has',
      { derived: { type: 'kind', quantity: '1' } },
      'derived.type: there is no column kind',
    ],
    ['a table that is not there', { tables: {} }, 'derived.type: there is no table services'],
    [
      'an unknown function',
      { derived: { type: 'eval(service)', quantity: '1' } },
      'derived.type: there is no function eval',
    ],
    [
      'units that do not fit',
      { derived: { type: "convert(amount, 'octet', 'second')" } },
      "derived.type: convert needs two units that fit, such as 'octet', 'kb'",
    ],
    [
      'a column by nobody’s name',
      { columns: { ...authored.columns, start: 'began' } },
      'columns.start: there is no column began',
    ],
    [
      'an unknown way to find subscribers',
      { subscriberBy: 'face' },
      'subscriberBy: must be number, imsi, iccid, equipment or product',
    ],
    ['a member that nobody knows', { colour: 'red' }, ': Unrecognized key: "colour"'],
  ])('is refused with %s', (_name, changes, problem) => {
    expect(problemsOf(changes)).toContain(problem);
  });

  it('of the first version stays as it was', () => {
    const file = readFileSync(join(__dirname, '../../../policy/usage-mediation.yaml'), 'utf8');
    const content = parse(file, { schema: 'failsafe' }) as object;
    expect(Object.keys(usageSourceSchema.parse(content)).sort()).toEqual([
      'code',
      'columns',
      'effectiveFrom',
      'effectiveTo',
      'format',
      'kind',
      'lateAfterPeriods',
      'source',
      'subscriberBy',
      'types',
      'version',
      'zone',
    ]);
  });
});

describe('an expression', () => {
  const column = (name: string) => ({ column: name });
  it('binds as people expect', () => {
    expect(parseUsageExpression("if(not a = 'x' or b >= 2, a & 'y', -(b + 1) * 2)")).toEqual({
      expression: {
        call: 'if',
        of: [
          {
            call: 'or',
            of: [
              { call: 'not', of: [{ call: 'equals', of: [column('a'), { text: 'x' }] }] },
              { call: 'atMost', of: [{ text: '2' }, column('b')] },
            ],
          },
          { call: 'concat', of: [column('a'), { text: 'y' }] },
          {
            call: 'multiply',
            of: [
              { call: 'subtract', of: [{ text: '0' }, { call: 'add', of: [column('b'), { text: '1' }] }] },
              { text: '2' },
            ],
          },
        ],
      },
    });
    expect(parseUsageExpression('[start time]')).toEqual({ expression: column('start time') });
    expect(parseUsageExpression("'it''s'")).toEqual({ expression: { text: "it's" } });
  });

  it.each([
    ['', 'is empty'],
    ['a +', 'ends too early'],
    ['trim(a', ') is missing'],
    ['trim(a, b)', 'trim takes 1 arguments, not 2'],
    ['a b', 'b is not expected here'],
    ['a $ b', 'cannot be read from $ b'],
    ['('.repeat(40) + 'a' + ')'.repeat(40), 'is nested deeper than 24'],
    [`${'a+'.repeat(300)}a`, 'has more than 200 calls'],
  ])('%s is refused: %s', (text, problem) => {
    expect(parseUsageExpression(text)).toEqual({ problem });
  });
});
