import { Args, Query, Resolver } from '@nestjs/graphql';
import { reportDays, reportTable, Roles, Transactions, type ReportTable } from '@ronghe/platform';
import { billReports, type BillReport, type BillReportName } from './bill-reports.store';

/** Reports of what was billed, as tables. */
@Resolver()
export class BillReportResolver {
  constructor(private readonly transactions: Transactions) {}

  /** @throws DomainError `report_days_invalid`, `invalid_zone`, `report_too_long`. */
  @Roles('billing', 'operations')
  @Query('billReport')
  billReport(
    @Args('report') report: BillReportName,
    @Args('from') from: string,
    @Args('to') to: string,
    @Args('zone') zone: string | null | undefined,
  ): Promise<ReportTable> {
    const kind: BillReport = billReports[report];
    const days = reportDays({ from, to, ...(zone ? { zone } : {}) });
    return reportTable({
      ...{ name: kind.name, days, columns: kind.columns },
      write: (sink) => this.transactions.read((tx) => kind.write(tx, days, sink)),
    });
  }
}
