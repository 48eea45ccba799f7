import { Controller, Get, Query, Res } from '@nestjs/common';
import { reportDays, reportFormat, Roles, sendReport, Transactions } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { billReports, type BillReport } from './bill-reports.store';

type ReportQuery = Record<string, unknown>;

/** Reports of what was billed: `from` and `to` are days of issue, both included. */
@Controller('reports')
export class BillReportController {
  constructor(private readonly transactions: Transactions) {}

  @Roles('billing', 'operations')
  @Get('revenue')
  revenue(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send(query, reply, billReports.REVENUE);
  }

  @Roles('billing', 'operations')
  @Get('revenue-by-region')
  revenueByRegion(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send(query, reply, billReports.REVENUE_BY_REGION);
  }

  @Roles('billing', 'operations')
  @Get('revenue-by-channel')
  revenueByChannel(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send(query, reply, billReports.REVENUE_BY_CHANNEL);
  }

  @Roles('billing', 'operations')
  @Get('tax')
  tax(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send(query, reply, billReports.TAX);
  }

  @Roles('billing', 'operations')
  @Get('fees-in-advance')
  feesInAdvance(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send(query, reply, billReports.FEES_IN_ADVANCE);
  }

  private async send(query: ReportQuery, reply: FastifyReply, kind: BillReport): Promise<void> {
    const days = reportDays(query);
    await sendReport(reply, reportFormat(query), {
      ...{ name: kind.name, days, columns: kind.columns },
      write: (sink) => this.transactions.read((tx) => kind.write(tx, days, sink)),
    });
  }
}
