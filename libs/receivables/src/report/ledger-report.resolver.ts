import { Args, Query, Resolver } from '@nestjs/graphql';
import { reportTable, Roles, Transactions, type ReportTable } from '@ronghe/platform';
import { ledgerReport, type LedgerReportName } from './ledger-reports.store';

/** Reports of the ledger, as tables. */
@Resolver()
export class LedgerReportResolver {
  constructor(private readonly transactions: Transactions) {}

  /** @throws DomainError `report_days_invalid`, `invalid_zone`, `report_too_long`. */
  @Roles('billing', 'operations')
  @Query('ledgerReport')
  ledgerReport(
    @Args('report') report: LedgerReportName,
    @Args('from') from: string | null | undefined,
    @Args('to') to: string | null | undefined,
    @Args('zone') zone: string | null | undefined,
  ): Promise<ReportTable> {
    const query = { from, to, ...(zone ? { zone } : {}) };
    return reportTable(ledgerReport(report, query, (work) => this.transactions.read(work)));
  }
}
