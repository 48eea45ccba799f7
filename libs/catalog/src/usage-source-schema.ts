import type { UsageExpression, UsageRecordColumns, UsageSourcePolicy } from '@ronghe/contracts';
import { z } from 'zod';
import { code, localDate, text, usageClass, wholeNumber } from './authored-values';
import { parseUsageExpression } from './usage-expression-parser';
import { checkUsageSource, COMPOSITE_SEPARATOR } from './check-usage-source';
import { dividesByZero } from './constant-number';

/** Bounds of a mapping document. */
const COLUMNS_LIMIT = 200;
const TABLES_LIMIT = 20;
const TABLE_ROWS_LIMIT = 2000;
const LINE_LENGTH_LIMIT = 16_384;

const character = z
  .string()
  .transform((value) => (value === '\\t' || value === 'tab' ? '\t' : value))
  .refine((value) => [...value].length === 1, 'must be one character, or tab');

const csv = z
  .strictObject({
    delimiter: character.default(',').describe('Between columns; `tab` for a tab.'),
    quote: z
      .union([z.literal('none').transform(() => null), character])
      .default('"')
      .describe('Around values; or `none`.'),
    columns: z
      .array(text)
      .min(1)
      .max(COLUMNS_LIMIT)
      .optional()
      .describe('Names of the columns, where the file has no header line.'),
  })
  .transform(({ columns, ...rest }) => ({ ...rest, columns: columns ?? null }))
  .refine(({ delimiter, quote }) => delimiter !== quote, 'delimiter and quote must differ');

const fixedWidth = z
  .array(
    z.strictObject({
      name: text.describe('Name of the column.'),
      start: wholeNumber(1, LINE_LENGTH_LIMIT).describe('Its first character, from 1.'),
      length: wholeNumber(1, LINE_LENGTH_LIMIT).describe('How many characters it has.'),
    }),
  )
  .min(1)
  .max(COLUMNS_LIMIT);

const jsonColumns = z
  .record(text, text)
  .transform((columns) => Object.entries(columns).map(([name, path]) => ({ name, path: path.split('.') })))
  .refine((columns) => columns.length <= COLUMNS_LIMIT, `has more than ${COLUMNS_LIMIT} columns`);

const table = z
  .record(z.string(), z.string().max(200))
  .refine((rows) => Object.keys(rows).length <= TABLE_ROWS_LIMIT, `has more than ${TABLE_ROWS_LIMIT} rows`);

const expression = z.string().transform((value, context) => {
  const parsed = parseUsageExpression(value);
  const problem = 'problem' in parsed ? parsed.problem : problemOf(value, parsed.expression);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  return 'expression' in parsed ? parsed.expression : z.NEVER;
});

/** What is wrong with an expression whatever a record holds; null: nothing. */
function problemOf(text: string, expression: UsageExpression): string | null {
  return dividesByZero(expression) ? `divides by zero in every record: ${text}` : null;
}

const recordId = z.union([text, z.array(text).min(2).max(10)], 'must be a column or a list of columns');

const columnsSchema = z.strictObject({
  recordId: recordId.describe('What makes a record unique in its source.'),
  type: text.describe('Holds the type, one of `types`.'),
  subscriber: text.describe('Holds who used it.'),
  peer: text
    .optional()
    .transform((value) => value ?? null)
    .describe('Holds the other number.'),
  start: text.describe('Holds when it began.'),
  preratedAmount: text.optional().describe('Holds what somebody else has priced it at, in yuan.'),
  parts: z.strictObject({ callId: text, number: text, last: text }).optional(),
});

const typeSchema = z
  .strictObject({
    value: text.describe('What the type column says.'),
    usage: usageClass.describe('What was used.'),
    quantity: text.describe('The column that holds how much.'),
    unit: z.enum(
      ['millisecond', 'second', 'minute', 'hour', 'octet', 'kb', 'mb', 'gb', 'message', 'item'],
      'must be millisecond, second, minute, hour, octet, kb, mb, gb, message or item',
    ),
  })
  .transform(({ usage, ...rest }) => ({ ...rest, usageClass: usage }));

/** `kind: usage-source`: how the records of a source are read. Its output is the document itself. */
export const usageSourceSchema = z
  .strictObject({
    kind: z.literal('usage-source'),
    code,
    version: wholeNumber(1, 1_000_000),
    effectiveFrom: localDate,
    effectiveTo: localDate.optional().transform((value) => value ?? null),
    source: code.describe('The source that it is for.'),
    format: z
      .enum(['csv', 'fixed-width', 'json-lines'], 'must be csv, fixed-width or json-lines')
      .describe('What its files look like.'),
    csv: csv.optional().describe('Of CSV files.'),
    fixedWidth: fixedWidth.optional().describe('Of fixed-width files: their columns.'),
    json: jsonColumns.optional().describe('Of JSON lines: the path of each column, `call.start`.'),
    tables: z
      .record(text, table)
      .refine((tables) => Object.keys(tables).length <= TABLES_LIMIT, `has more than ${TABLES_LIMIT} tables`)
      .optional(),
    derived: z
      .record(text, expression)
      .transform((derived) => Object.entries(derived).map(([column, is]) => ({ column, is })))
      .optional(),
    zone: text
      .refine(isTimeZone, 'is not a time zone such as Asia/Shanghai')
      .describe('Zone of times that carry no offset.'),
    startFormat: z
      .enum(
        ['iso', 'compact', 'epoch-seconds', 'epoch-milliseconds'],
        'must be iso, compact, epoch-seconds or epoch-milliseconds',
      )
      .optional(),
    columns: columnsSchema.describe('Which column holds what.'),
    subscriberBy: z.enum(
      ['number', 'imsi', 'iccid', 'equipment', 'product'],
      'must be number, imsi, iccid, equipment or product',
    ),
    types: z.array(typeSchema).min(1).max(50).describe('Types of record.'),
    lateAfterPeriods: wholeNumber(0, 24).describe(
      'Usage of a period closed longer ago than so many periods is suspended.',
    ),
    partsWaitHours: wholeNumber(1, 1000).optional().describe('How long a call waits for its missing parts.'),
  })
  .transform(withCompositeId)
  .superRefine((policy, context) => {
    for (const { path, message } of checkUsageSource(policy)) {
      context.addIssue({ code: 'custom', path, message });
    }
  });

/** A document before its record id is one column; with `undefined` where something was left out. */
type Authored = {
  [K in keyof Omit<UsageSourcePolicy, 'columns'>]: UsageSourcePolicy[K] | undefined;
} & {
  columns: {
    [K in keyof Omit<UsageRecordColumns, 'recordId'>]: UsageRecordColumns[K] | undefined;
  } & { recordId: string | string[] };
};

/** A record id of several columns becomes a derived column; what was left out is left out of the document. */
function withCompositeId(authored: Authored): UsageSourcePolicy {
  const { recordId: authoredId, ...columns } = authored.columns;
  const own = typeof authoredId === 'string' ? [] : [compositeOf(authoredId)];
  const recordId = own[0]?.column ?? String(authoredId);
  const derived = [...(authored.derived ?? []), ...own];
  return withoutUndefined({
    ...authored,
    ...(derived.length > 0 ? { derived } : {}),
    columns: withoutUndefined({ recordId, ...columns }),
  }) as UsageSourcePolicy;
}

function compositeOf(columns: readonly string[]): { column: string; is: UsageExpression } {
  const of = columns.flatMap((column, index) =>
    index === 0 ? [{ column }] : [{ text: COMPOSITE_SEPARATOR }, { column }],
  );
  return { column: columns.join(COMPOSITE_SEPARATOR), is: { call: 'concat', of } };
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
