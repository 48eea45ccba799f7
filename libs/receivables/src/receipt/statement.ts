import type { BankStatementPolicy } from '@ronghe/contracts';
import {
  DomainError,
  hashOf,
  isCalendarDay,
  isDomainError,
  moneyFromDecimal,
  zeroMoney,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import { parse } from 'csv-parse/sync';
import type { ReceiptFact } from './receipt';

/** Most lines of one statement. */
export const STATEMENT_LINES_MAXIMUM = 20_000;
const TEXT_LENGTH = 400;

/** What a statement holds: receipts by line, lines of other kinds, and lines that cannot be read. */
export interface StatementLines {
  receipts: { line: number; fact: ReceiptFact }[];
  ignored: number;
  refused: { line: number; reason: string }[];
}

/**
 * Reads a bank statement by its mapping. A line without an id of the bank's is told apart by its content and by how many
 * of the same stand before it. Lines are counted from 1, the header included.
 * @throws DomainError `statement_unreadable` where it is no CSV, lacks a column of the mapping, or is too long.
 */
export function readStatement(text: string, mapping: BankStatementPolicy): StatementLines {
  const rows = rowsOf(text, mapping);
  const [header = [], ...body] = rows.slice(mapping.skipLines);
  const at = columnsOf(header, mapping);
  const seen = new Map<string, number>();
  const lines: StatementLines = { receipts: [], ignored: 0, refused: [] };
  body.forEach((cells, index) => {
    const line = mapping.skipLines + index + 2;
    const cell = (place: number | null) =>
      place === null ? '' : (cells[place] ?? '').trim().slice(0, TEXT_LENGTH);
    const amount = amountOf(cell(at.amount));
    if (amount === 'none') return void (lines.ignored += 1);
    if (amount === 'unreadable') return void lines.refused.push({ line, reason: 'amount' });
    const valueDate = dayOf(cell(at.valueDate), mapping.dateFormat);
    if (valueDate === null) return void lines.refused.push({ line, reason: 'value-date' });
    const remark = at.remarks.map(cell).join(' ').trim();
    const content = { valueDate, amount: amount.toString(), payer: cell(at.payer), remark };
    const contentHash = hashOf(content);
    const before = seen.get(contentHash) ?? 0;
    seen.set(contentHash, before + 1);
    const reference = cell(at.reference) || `${contentHash}#${before + 1}`;
    const { payer } = content;
    const fact = { source: mapping.code, reference, contentHash, amount, valueDate, payer, remark };
    lines.receipts.push({ line, fact });
  });
  return lines;
}

function rowsOf(text: string, { delimiter, skipLines }: BankStatementPolicy): string[][] {
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    if (rows.length - skipLines - 1 <= STATEMENT_LINES_MAXIMUM) return rows;
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message.slice(0, 200) : 'no CSV');
  }
  throw unreadable(`more than ${STATEMENT_LINES_MAXIMUM} lines`);
}

function columnsOf(header: readonly string[], { columns }: BankStatementPolicy) {
  const names = header.map((name) => name.trim());
  const place = (name: string): number => {
    const found = names.indexOf(name);
    if (found < 0) throw unreadable(`there is no column ${name}`);
    return found;
  };
  return {
    reference: columns.reference === null ? null : place(columns.reference),
    valueDate: place(columns.valueDate),
    amount: place(columns.amount),
    payer: columns.payer === null ? null : place(columns.payer),
    remarks: columns.remarks.map(place),
  };
}

/** `1,234.50`; money that went out, or none, is no receipt. */
function amountOf(text: string): Money | 'none' | 'unreadable' {
  if (text === '') return 'none';
  try {
    const amount = moneyFromDecimal(text.replaceAll(',', '').replace(/^[¥￥+]/, ''));
    return amount > zeroMoney ? amount : 'none';
  } catch (error) {
    if (isDomainError(error)) return 'unreadable';
    throw error;
  }
}

function dayOf(text: string, format: BankStatementPolicy['dateFormat']): LocalDate | null {
  const day =
    format === 'YYYYMMDD' ? text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') : text.replaceAll('/', '-');
  return isCalendarDay(day) ? day : null;
}

function unreadable(reason: string): DomainError {
  return new DomainError('statement_unreadable', 'invalid', `the statement cannot be read: ${reason}`, {
    reason,
  });
}
