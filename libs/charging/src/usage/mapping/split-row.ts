import type { CsvLayout, UsageSourcePolicy } from '@ronghe/contracts';
import { parse } from 'csv-parse/sync';

/** The values of a line by position, or in words why it has none. */
export type RowSplitter = (text: string) => string[] | string;

export const standardCsv: CsvLayout = { delimiter: ',', quote: '"', columns: null };

/** How a line of the source's format falls into columns. */
export function rowSplitter(mapping: UsageSourcePolicy): RowSplitter {
  switch (mapping.format) {
    case 'csv':
      return csvSplitter(mapping.csv ?? standardCsv);
    case 'fixed-width':
      return fixedWidthSplitter(mapping.fixedWidth ?? []);
    case 'json-lines':
      return jsonSplitter(mapping.json ?? []);
  }
}

/**
 * The cells of a line of which only the beginning was kept, as far as they can be told. What was cut off, and what should
 * follow, ends with an ellipsis: nobody may take it for the whole.
 */
export function rowOfCut(mapping: UsageSourcePolicy, text: string, width: number): string[] {
  const row = rowSplitter(mapping)(text);
  if (typeof row === 'string') return [];
  switch (mapping.format) {
    case 'csv': {
      const whole = row.slice(0, -1);
      const cut = Array.from({ length: Math.max(1, width - whole.length) }, () => ELLIPSIS);
      return [...whole, `${row.at(-1) ?? ''}${ELLIPSIS}`, ...cut.slice(1)];
    }
    case 'fixed-width':
      return (mapping.fixedWidth ?? []).map(({ start, length }, at) =>
        start - 1 + length <= text.length ? (row[at] ?? '') : `${row[at] ?? ''}${ELLIPSIS}`,
      );
    case 'json-lines':
      return row;
  }
}

const ELLIPSIS = '\u2026';

/** A line without quotes is cut at its delimiters; only one with quotes needs the parser. */
export function csvSplitter({ delimiter, quote }: CsvLayout): RowSplitter {
  return (text) => {
    if (quote === null || !text.includes(quote)) return cutAt(text, delimiter);
    try {
      const options = { delimiter, quote, escape: quote, relax_column_count: true, record_delimiter: '\n' };
      const rows: string[][] = parse(text, options);
      const [row] = rows;
      return row && rows.length === 1 ? row : 'quotes are not closed';
    } catch {
      return 'quotes are not closed';
    }
  };
}

/** As `split` does, in half the time. */
function cutAt(text: string, delimiter: string): string[] {
  const row: string[] = [];
  let from = 0;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
    row.push(text.slice(from, at));
    from = at + delimiter.length;
  }
  row.push(text.slice(from));
  return row;
}

function fixedWidthSplitter(columns: NonNullable<UsageSourcePolicy['fixedWidth']>): RowSplitter {
  const spans = columns.map(({ start, length }) => ({ from: start - 1, to: start - 1 + length }));
  const width = Math.max(0, ...spans.map(({ from }) => from + 1));
  return (text) =>
    text.length < width
      ? `${text.length} characters instead of ${width} at least`
      : spans.map(({ from, to }) => text.slice(from, to).trim());
}

function jsonSplitter(columns: NonNullable<UsageSourcePolicy['json']>): RowSplitter {
  return (text) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return 'is not a JSON object';
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'is not a JSON object';
    return jsonValues(parsed, columns);
  };
}

/** The columns that an object holds; absent members are empty. */
export function jsonValues(
  parsed: object,
  columns: NonNullable<UsageSourcePolicy['json']>,
): string[] | string {
  const values: string[] = [];
  for (const { name, path } of columns) {
    const value = textAt(parsed, path);
    if (value === null) return `${name} is not a text, a condition or a number that is ${EXACT_NUMBERS}`;
    values.push(value);
  }
  return values;
}

function textAt(root: unknown, path: readonly string[]): string | null {
  let at = root;
  for (const member of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, member)) return '';
    at = (at as Record<string, unknown>)[member];
  }
  return cellText(at);
}

/** The numbers of JSON that are taken, in words: `cellText` has the same rule. */
export const EXACT_NUMBERS =
  'whole and at most 9007199254740991, or has at most 15 digits and is 0.000001 or more, either sign';
const DECIMAL_DIGITS_LIMIT = 15;

/** A value of JSON as a cell; null for what is none, and for a number that is not what was delivered: JSON.parse rounds it. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return null;
  return isExact(value) ? String(value) : null;
}

/** What is smaller than 0.000001 is written with an exponent, which is no cell. */
function isExact(value: number): boolean {
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  const text = String(value);
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '');
  return !text.includes('e') && digits.length <= DECIMAL_DIGITS_LIMIT;
}
