import type { RunCheck } from './run-checks';

/** Money of some lines of a run's bills, in yuan with two decimals. */
export interface RunReportRow {
  /** Offer, charge class, tax rate in percent or service period; empty for one-time charges by product. */
  name: string;
  lines: number;
  discount: string;
  net: string;
  tax: string;
}

/** What a run did: bills to be paid and credit notes; statements of prepaid accounts are only counted. */
export interface RunReport {
  bills: number;
  creditNotes: number;
  statements: number;
  /** Accounts that were looked at and got no bill, because nothing was to be written. */
  unchanged: number;
  total: string;
  byProduct: RunReportRow[];
  byChargeClass: RunReportRow[];
  byTaxRate: RunReportRow[];
  /** The period's own lines, and differences of earlier periods. */
  byServicePeriod: RunReportRow[];
  /** Control totals whose sides differ. */
  differences: RunCheck[];
}

/** How lines are added up: by columns of the statement that does it. */
export type ReportGrouping = 'product' | 'charge_class' | 'tax_percent' | 'service_period';

/** Control totals that do not agree. */
export function differencesOf(checks: readonly RunCheck[]): RunCheck[] {
  return checks.filter((check) => check.left !== check.right);
}
