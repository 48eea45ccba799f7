import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Report } from './report-table';
import { csvLine, type ReportFormat, type ReportRow } from './report-text';

/**
 * Sends a report row by row, as CSV with a last line of totals or as JSON; memory does not grow with its rows. What fails
 * on the way breaks the connection, so that nobody takes a part for the whole; what fails before the first row is thrown.
 */
export async function sendReport(reply: FastifyReply, format: ReportFormat, report: Report): Promise<void> {
  const stream = new PassThrough();
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8';
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const writing = writeReport(stream, format, report, begin);
  await Promise.race([begun, writing]);
  const written = writing.catch((error: unknown) => {
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  await reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${report.name}.${format}"`)
    .header('cache-control', 'private, no-store')
    .send(stream);
  await written;
}

/** @param begin called when the first row is there, and before it is written, since somebody must read it then */
async function writeReport(
  stream: PassThrough,
  format: ReportFormat,
  report: Report,
  begin: () => void,
): Promise<void> {
  const closed = once(stream, 'close').then(() => {
    throw new Error('the reader of the report has gone');
  });
  closed.catch(() => undefined);
  const put = async (text: string) => {
    if (stream.destroyed) throw new Error('the reader of the report has gone');
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), closed]);
  };
  const writer = format === 'csv' ? csvWriter(report) : jsonWriter(report);
  await put(writer.head);
  const totals = await report.write(async (rows) => {
    begin();
    if (rows.length > 0) await put(rows.map(writer.row).join(''));
  });
  await put(writer.end(totals));
  stream.end();
}

interface Writer {
  head: string;
  row: (row: ReportRow) => string;
  end: (totals: ReportRow) => string;
}

function csvWriter({ columns }: Report): Writer {
  return {
    head: csvLine(columns),
    row: (row) => csvLine(columns.map((column) => row[column] ?? '')),
    end: (totals) => csvLine(columns.map((column, index) => totals[column] ?? (index === 0 ? 'total' : ''))),
  };
}

function jsonWriter({ name, days, columns }: Report): Writer {
  let separator = '';
  const head = {
    report: name,
    from: days?.first ?? null,
    to: days?.last ?? null,
    zone: days?.zone ?? null,
    columns,
  };
  return {
    head: `${JSON.stringify(head).slice(0, -1)},"rows":[`,
    row: (row) => {
      const text = `${separator}${JSON.stringify(row)}`;
      separator = ',\n';
      return text;
    },
    end: (totals) => `],"totals":${JSON.stringify(totals)}}\n`,
  };
}
