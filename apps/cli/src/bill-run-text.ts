import { counted } from './counted';
import { textTable } from './text-table';
import { timeLeft } from './time-left';

interface ReportRow {
  name: string;
  lines: number;
  discount: string;
  net: string;
  tax: string;
}

/** A bill run as the terminal asks for it. */
export interface BillRunAnswer {
  id: string;
  period: string;
  billDay: number;
  zone: string;
  state: string;
  trigger: string;
  forced: boolean;
  reason: string | null;
  requestedBy: string;
  pausedBy: string | null;
  accounts: number;
  added: number;
  quarantined: number;
  progress: { done: number; total: number; secondsLeft: number | null };
  waitingFor: { input: string; needs: string; has: string | null }[];
  checks: { name: string; left: string; right: string }[];
}

export interface BillRunReportAnswer {
  bills: number;
  creditNotes: number;
  statements: number;
  unchanged: number;
  total: string;
  byProduct: ReportRow[];
  byChargeClass: ReportRow[];
  byTaxRate: ReportRow[];
  byServicePeriod: ReportRow[];
  differences: { name: string; left: string; right: string }[];
}

export interface QuarantinedAnswer {
  account: { accountId: string };
  code: string;
  reason: string;
}

export const RUN_FIELDS = `id period billDay zone state trigger forced reason requestedBy pausedBy accounts added quarantined
  progress { done total secondsLeft } waitingFor { input needs has } checks { name left right }`;
const ROW = '{ name lines discount net tax }';
export const REPORT_FIELDS = `bills creditNotes statements unchanged total byProduct ${ROW} byChargeClass ${ROW}
  byTaxRate ${ROW} byServicePeriod ${ROW} differences { name left right }`;
export const QUARANTINE_FIELDS = 'account { accountId } code reason';

/** Runs as a table, as they come. */
export function runTable(runs: readonly BillRunAnswer[]): string {
  const head = ['run', 'period', 'cycle', 'state', 'accounts', 'bills', 'quarantined', 'stage'];
  return textTable(
    head,
    runs.map((run) => [
      run.id,
      run.period,
      `${run.billDay} ${run.zone}`,
      stateText(run),
      run.accounts,
      run.added,
      run.quarantined,
      progressText(run),
    ]),
    ['accounts', 'bills', 'quarantined'],
  );
}

/** One run: its table row, what it waits for, and control totals that differ. */
export function runText(run: BillRunAnswer): string {
  const waiting = run.waitingFor.map(
    ({ input, needs, has }) => `waits for ${input}: needs ${needs}, has ${has ?? 'nothing'}`,
  );
  const differing = run.checks
    .filter(({ left, right }) => left !== right)
    .map(({ name, left, right }) => `differs: ${name}: ${left} is not ${right}`);
  const reason = run.reason === null ? [] : [`reason: ${run.reason}`];
  return [runTable([run]), ...reason, ...waiting, ...differing].join('\n');
}

/** `DRAFTING`, or `DRAFTING (paused by ann)`. */
function stateText({ state, pausedBy }: BillRunAnswer): string {
  return pausedBy === null ? state : `${state} (paused by ${pausedBy})`;
}

function progressText({ progress: { done, total, secondsLeft } }: BillRunAnswer): string {
  return `${done} of ${total}${timeLeft(secondsLeft)}`;
}

const SECTIONS = [
  ['product', 'byProduct'],
  ['charge class', 'byChargeClass'],
  ['tax rate', 'byTaxRate'],
  ['service period', 'byServicePeriod'],
] as const;
const ROW_HEAD = ['lines', 'discount', 'net', 'tax'];

/** A run's report for people. */
export function reportText(report: BillRunReportAnswer, quarantine: readonly QuarantinedAnswer[]): string {
  const { bills, creditNotes, statements, unchanged, total } = report;
  const counts =
    `${counted(bills, 'bill')}, ${counted(creditNotes, 'credit note')}, ${counted(statements, 'statement')}, ` +
    `${counted(unchanged, 'account')} unchanged: ${total} yuan`;
  const tables = SECTIONS.map(([name, field]) =>
    textTable([name, ...ROW_HEAD], report[field].map(cellsOf), ROW_HEAD),
  );
  const differences = report.differences.map(
    ({ name, left, right }) => `differs: ${name}: ${left} is not ${right}`,
  );
  return [
    counts,
    ...tables,
    ...differences,
    ...(quarantine.length > 0 ? [quarantineText(quarantine)] : []),
  ].join('\n\n');
}

/** Accounts in quarantine, with their reasons. */
export function quarantineText(quarantine: readonly QuarantinedAnswer[]): string {
  return textTable(
    ['account', 'code', 'reason'],
    quarantine.map(({ account, code, reason }) => [account.accountId, code, reason]),
  );
}

/** A run's report as CSV (RFC 4180): a line for each figure; `section` says what `name` is. */
export function reportCsv(report: BillRunReportAnswer, quarantine: readonly QuarantinedAnswer[]): string {
  const counts = [
    ['bills', report.bills],
    ['credit notes', report.creditNotes],
    ['statements', report.statements],
    ['unchanged', report.unchanged],
  ].map(([name, count]) => ['count', name, count, '', '', '']);
  const sums = SECTIONS.flatMap(([section, field]) => report[field].map((row) => [section, ...cellsOf(row)]));
  const differences = report.differences.map(({ name, left, right }) => [
    'difference',
    name,
    '',
    '',
    left,
    right,
  ]);
  const held = quarantine.map(({ account, code, reason }) => [
    'quarantine',
    account.accountId,
    '',
    '',
    code,
    reason,
  ]);
  const rows = [['section', 'name', ...ROW_HEAD], ...counts, ...sums, ...differences, ...held];
  return rows.map((row) => row.map((cell) => csvCell(String(cell ?? ''))).join(',')).join('\r\n');
}

function cellsOf({ name, lines, discount, net, tax }: ReportRow): (string | number)[] {
  return [name, lines, discount, net, tax];
}

/** Text that a spreadsheet would take for a formula is written as text. */
function csvCell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
