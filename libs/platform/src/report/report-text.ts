import {
  DomainError,
  isCalendarDay,
  startOfLocalDate,
  addDays,
  type Instant,
  type LocalDate,
} from '@ronghe/kernel';

export type ReportFormat = 'csv' | 'json';

/** A row of a report: text by column. Amounts are decimals, so that nothing is rounded on the way. */
export type ReportRow = Readonly<Record<string, string>>;

/** From the start of the first day to before the end of the last, in a zone. */
export interface ReportDays {
  first: LocalDate;
  last: LocalDate;
  zone: string;
  from: Instant;
  to: Instant;
}

/** Where days of a report begin unless it says otherwise. */
const REPORT_ZONE = 'Asia/Shanghai';

/**
 * The days that a report is asked for: `from` and `to`, both included, and perhaps `zone`.
 * @throws DomainError `report_days_invalid`, `invalid_zone`.
 */
export function reportDays(query: Readonly<Record<string, unknown>>): ReportDays {
  const zone = typeof query['zone'] === 'string' ? query['zone'] : REPORT_ZONE;
  const { from: first, to: last } = query;
  const isRead = typeof first === 'string' && typeof last === 'string';
  if (!isRead || !isCalendarDay(first) || !isCalendarDay(last) || first > last)
    throw new DomainError(
      'report_days_invalid',
      'invalid',
      'a report is from a day to a day: from=2026-06-01&to=2026-06-30',
    );
  return {
    ...{ first, last, zone },
    from: startOfLocalDate(first, zone),
    to: startOfLocalDate(addDays(last, 1), zone),
  };
}

/** @throws DomainError `report_format_invalid`. */
export function reportFormat(query: Readonly<Record<string, unknown>>): ReportFormat {
  const format = query['format'] ?? 'json';
  if (format === 'csv' || format === 'json') return format;
  throw new DomainError('report_format_invalid', 'invalid', 'a report is csv or json');
}

/** A line of CSV as RFC 4180 has it. Text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
