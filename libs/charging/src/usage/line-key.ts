import type { UsageSourcePolicy } from '@ronghe/contracts';
import { identityOf } from './duplicates';
import type { Line } from './line-reader';
import { standardCsv } from './mapping/split-row';
import { storableText } from './mapping/storable-text';
import type { LineInterpreter } from './record-reader';
import { subscriberKeyReader } from './subscriber-keys';

/** By what a line is put together with others. */
export interface LineKey {
  /** As `UsageRecord.subscriber`; another text for lines that hold none. Lines with the same identity have the same. */
  subscriber: string;
  /** Lines that may have the same record id have the same text here. */
  identity: string;
}

/** Finds the key of a line; null for an empty one. */
export type LineKeyReader = (line: Line) => LineKey | null;

/** How keys of a source's lines are found: where they are plain columns of a CSV without reading the whole line. */
export function lineKeyReader(mapping: UsageSourcePolicy, interpreter: LineInterpreter): LineKeyReader {
  const whole = wholeLineReader(interpreter);
  const { format, csv, columns } = mapping;
  const idColumn = interpreter.columns.indexOf(columns.recordId);
  const subscriberColumn = interpreter.columns.indexOf(columns.subscriber);
  const isDerived = (mapping.derived ?? []).some(
    ({ column }) => column === columns.recordId || column === columns.subscriber,
  );
  if (format !== 'csv' || isDerived || idColumn < 0 || subscriberColumn < 0) return whole;
  const { delimiter, quote } = csv ?? standardCsv;
  const readSubscriber = subscriberKeyReader(mapping.subscriberBy);
  return (line) => {
    const { text } = line;
    if (quote !== null && text.includes(quote)) return whole(line);
    const subscriber = cellOf(text, delimiter, subscriberColumn);
    const identity = cellOf(text, delimiter, idColumn);
    if (subscriber === null || identity === null || identity === '') return whole(line);
    const key = readSubscriber(subscriber);
    return key === '' ? whole(line) : { subscriber: key, identity };
  };
}

function wholeLineReader(interpreter: LineInterpreter): LineKeyReader {
  return (line) => {
    const read = interpreter.readLine(line);
    if (!read) return null;
    const { recordId } = identityOf(read);
    return { subscriber: read.kind === 'record' ? read.record.subscriber : recordId, identity: recordId };
  };
}

function cellOf(text: string, delimiter: string, column: number): string | null {
  let from = 0;
  for (let at = 0; at < column; at += 1) {
    const next = text.indexOf(delimiter, from);
    if (next < 0) return null;
    from = next + delimiter.length;
  }
  const end = text.indexOf(delimiter, from);
  return storableText((end < 0 ? text.slice(from) : text.slice(from, end)).trim());
}
