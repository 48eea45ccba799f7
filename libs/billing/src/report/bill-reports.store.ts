import type { ReportDays, ReportRow, RowSink, Tx } from '@ronghe/platform';
import {
  feesInAdvanceColumns,
  revenueByChannelColumns,
  revenueByRegionColumns,
  revenueColumns,
  taxColumns,
  writeFeesInAdvance,
  writeRevenue,
  writeRevenueByChannel,
  writeRevenueByRegion,
  writeTaxes,
} from './bill-report.store';

/** A report of what was billed on days of issue. */
export interface BillReport {
  /** As in `/reports/NAME` and `ronghe report NAME`. */
  name: string;
  columns: readonly string[];
  write: (tx: Tx, days: ReportDays, sink: RowSink) => Promise<ReportRow>;
}

/** Every report of what was billed, by its name in GraphQL. */
export const billReports = {
  REVENUE: { name: 'revenue', columns: revenueColumns, write: writeRevenue },
  REVENUE_BY_REGION: {
    name: 'revenue-by-region',
    columns: revenueByRegionColumns,
    write: writeRevenueByRegion,
  },
  REVENUE_BY_CHANNEL: {
    name: 'revenue-by-channel',
    columns: revenueByChannelColumns,
    write: writeRevenueByChannel,
  },
  TAX: { name: 'tax', columns: taxColumns, write: writeTaxes },
  FEES_IN_ADVANCE: { name: 'fees-in-advance', columns: feesInAdvanceColumns, write: writeFeesInAdvance },
} satisfies Record<string, BillReport>;

export type BillReportName = keyof typeof billReports;
