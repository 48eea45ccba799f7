/** What a column of a row may hold; undefined is null. */
export type RowValue = string | number | bigint | boolean | null | undefined;

/** What must be quoted inside a row's text. */
const SPECIAL = /[(),"\\\s]/;
const ESCAPED = /["\\]/g;

/**
 * Rows as the text of an array of a composite type, for one parameter `$1::TYPE[]`: with many columns far less work for both
 * sides than an array for each of them (column-arrays.ts). Columns stand in the order of the type.
 */
export function rowArray<T>(rows: readonly T[], columns: readonly ((row: T) => RowValue)[]): string {
  const texts = rows.map((row) => {
    const fields = columns.map((column) => fieldText(column(row)));
    return `"${`(${fields.join(',')})`.replace(ESCAPED, '\\$&')}"`;
  });
  return `{${texts.join(',')}}`;
}

function fieldText(value: RowValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  if (value !== '' && !SPECIAL.test(value)) return value;
  return `"${value.replace(ESCAPED, '\\$&')}"`;
}
