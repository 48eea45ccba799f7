/** What a column of a row may hold; undefined is null. */
export type RowValue = string | number | bigint | boolean | null | undefined;

/** What must be quoted inside a row's text. */
const SPECIAL = /[(),"\\\s]/;
/** A quote inside a quoted field of a quoted element, and a backslash. */
const QUOTE = '\\\\\\"';
const BACKSLASH = '\\\\\\\\';

/**
 * Rows as the text of an array of a composite type, for one parameter `$1::TYPE[]`: with many columns far less work for both
 * sides than an array for each of them (column-arrays.ts). Columns stand in the order of the type.
 */
export function rowArray<T>(rows: readonly T[], columns: readonly ((row: T) => RowValue)[]): string {
  let text = '{';
  for (const row of rows) {
    text += text === '{' ? '"(' : ',"(';
    let isFirst = true;
    for (const column of columns) {
      if (!isFirst) text += ',';
      isFirst = false;
      text += fieldText(column(row));
    }
    text += ')"';
  }
  return `${text}}`;
}

/** A field as it stands inside a quoted element of the array: what is escaped for the row is escaped for the array too. */
function fieldText(value: RowValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  if (value !== '' && !SPECIAL.test(value)) return value;
  const plain = value.includes('\\') ? value.replaceAll('\\', BACKSLASH) : value;
  return `\\"${plain.replaceAll('"', QUOTE)}\\"`;
}
