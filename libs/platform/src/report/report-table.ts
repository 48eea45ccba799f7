import { DomainError } from '@ronghe/kernel';
import type { ReportDays, ReportRow } from './report-text';

/** Takes rows one after the other; it waits while whoever reads is slower. */
export type RowSink = (rows: readonly ReportRow[]) => Promise<void>;

/** A report: its columns, and what writes its rows and at last their totals. */
export interface Report {
  name: string;
  /** Null: it is as of now. */
  days: ReportDays | null;
  columns: readonly string[];
  /** Writes the rows in their order, and returns totals by column; columns without a total are left out. */
  write(sink: RowSink): Promise<ReportRow>;
}

/** A whole report in memory: cells in the order of the columns; of totals null where a column has none. */
export interface ReportTable {
  name: string;
  columns: readonly string[];
  rows: string[][];
  totals: (string | null)[];
}

/** Most rows of a report that is answered in one piece. */
export const REPORT_TABLE_ROWS = 5_000;

/**
 * Reads a report whole.
 * @throws DomainError `report_too_long`: it has more than 5,000 rows, and is read as a file.
 */
export async function reportTable({ name, columns, write }: Report): Promise<ReportTable> {
  const rows: string[][] = [];
  const totals = await write((some) => {
    if (rows.length + some.length > REPORT_TABLE_ROWS) return Promise.reject(tooLong(name));
    for (const row of some) rows.push(columns.map((column) => row[column] ?? ''));
    return Promise.resolve();
  });
  return { name, columns, rows, totals: columns.map((column) => totals[column] ?? null) };
}

function tooLong(name: string): DomainError {
  return new DomainError(
    'report_too_long',
    'invalid',
    'the report is too long for one answer: read it as a file',
    {
      rows: REPORT_TABLE_ROWS,
      path: `/reports/${name}`,
    },
  );
}
