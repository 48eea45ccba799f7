import type { UsageSourcePolicy } from '@ronghe/contracts';
import { chargingError } from '../../charging.errors';
import { inputsOf } from '../mapping/columns-of';
import { postedColumns } from '../mapping/posted-columns';
import { startText } from '../mapping/read-start';
import { cellText, EXACT_NUMBERS } from '../mapping/split-row';
import { layoutColumns, neededColumns } from '../record-reader';

/** What a client says of one usage. */
export interface PostedUsage {
  usageDate?: string | undefined;
  usageType?: string | undefined;
  characteristics: readonly { name: string; value: unknown }[];
}

/**
 * The cells of a posted usage in the order of the source's columns: characteristics by the names of columns; `usageDate`
 * and `usageType` where the columns of start and type, or what these are derived from, are not among them. What is no text,
 * number or condition is empty.
 * @throws DomainError `usage_number_inexact`
 */
export function rowOfPosted(
  posted: PostedUsage,
  mapping: UsageSourcePolicy,
): { columns: string[]; row: string[] } {
  const columns = [...(layoutColumns(mapping) ?? neededColumns(mapping))];
  const given = new Map(posted.characteristics.map(({ name, value }) => [name, value]));
  const say = (field: 'start' | 'type', text: string | undefined) => {
    const column = mapping.columns[field];
    const inputs = inputsOf(mapping, column);
    if (text === undefined || (inputs ?? [column]).some((each) => given.has(each))) return;
    // A constant needs nobody to say it.
    if (inputs?.length === 0) return;
    if (inputs) columns.push(postedColumns[field]);
    given.set(inputs ? postedColumns[field] : column, text);
  };
  say('start', posted.usageDate && startText(mapping, posted.usageDate));
  say('type', posted.usageType);
  return { columns, row: columns.map((column) => exactText(column, given.get(column))) };
}

/** A number that JSON does not keep exactly is refused: with another id, or another quantity, it is another usage. */
function exactText(column: string, value: unknown): string {
  const text = cellText(value);
  if (text !== null) return text;
  if (typeof value !== 'number') return '';
  throw chargingError(
    'usage_number_inexact',
    `${column} is not a number that is ${EXACT_NUMBERS}; send it as a text`,
    { column },
  );
}
