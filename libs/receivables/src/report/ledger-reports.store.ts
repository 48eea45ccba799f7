import {
  reportDays,
  type Report,
  type ReportDays,
  type ReportRow,
  type RowSink,
  type Tx,
} from '@ronghe/platform';
import { journalColumns, writeJournal } from './journal-export.store';
import {
  agingColumns,
  deferredColumns,
  trialBalanceColumns,
  writeAging,
  writeDeferred,
  writeTrialBalance,
} from './ledger-report.store';

interface ReportOfDays {
  /** As in `/reports/NAME` and `ronghe report NAME`. */
  name: string;
  columns: readonly string[];
  write: (tx: Tx, days: ReportDays, sink: RowSink) => Promise<ReportRow>;
}

const reportsOfDays = {
  TRIAL_BALANCE: { name: 'trial-balance', columns: trialBalanceColumns, write: writeTrialBalance },
  DEFERRED: { name: 'deferred', columns: deferredColumns, write: writeDeferred },
  JOURNAL: { name: 'journal', columns: journalColumns, write: writeJournal },
} satisfies Record<string, ReportOfDays>;

/** A report of the ledger, by its name in GraphQL; aging is as of now and has no days. */
export type LedgerReportName = keyof typeof reportsOfDays | 'AGING';

/** Reads in one snapshot. */
export type InSnapshot = (work: (tx: Tx) => Promise<ReportRow>) => Promise<ReportRow>;

/** A report of the ledger, ready to be written. @throws DomainError `report_days_invalid`, `invalid_zone`. */
export function ledgerReport(
  report: LedgerReportName,
  query: Readonly<Record<string, unknown>>,
  read: InSnapshot,
): Report {
  if (report === 'AGING') {
    const write = (sink: RowSink) => read((tx) => writeAging(tx, sink));
    return { name: 'aging', days: null, columns: agingColumns, write };
  }
  const days = reportDays(query);
  const { name, columns, write } = reportsOfDays[report];
  return { name, days, columns, write: (sink) => read((tx) => write(tx, days, sink)) };
}
