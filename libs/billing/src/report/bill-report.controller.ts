import { Controller, Get, Query, Res } from '@nestjs/common';
import {
  reportDays,
  reportFormat,
  Roles,
  sendReport,
  Transactions,
  type ReportDays,
  type ReportRow,
  type RowSink,
  type Tx,
} from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import {
  feesInAdvanceColumns,
  revenueColumns,
  taxColumns,
  writeFeesInAdvance,
  writeRevenue,
  writeTaxes,
} from './bill-report.store';

interface Kind {
  name: string;
  columns: readonly string[];
  write: (tx: Tx, days: ReportDays, sink: RowSink) => Promise<ReportRow>;
}

/** Reports of what was billed: `from` and `to` are days of issue, both included. */
@Controller('reports')
export class BillReportController {
  constructor(private readonly transactions: Transactions) {}

  @Roles('billing', 'operations')
  @Get('revenue')
  revenue(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    return this.send(query, reply, { name: 'revenue', columns: revenueColumns, write: writeRevenue });
  }

  @Roles('billing', 'operations')
  @Get('tax')
  tax(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    return this.send(query, reply, { name: 'tax', columns: taxColumns, write: writeTaxes });
  }

  @Roles('billing', 'operations')
  @Get('fees-in-advance')
  feesInAdvance(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const kind = { name: 'fees-in-advance', columns: feesInAdvanceColumns, write: writeFeesInAdvance };
    return this.send(query, reply, kind);
  }

  private async send(query: Record<string, unknown>, reply: FastifyReply, kind: Kind): Promise<void> {
    const days = reportDays(query);
    await sendReport(reply, reportFormat(query), {
      ...{ name: kind.name, days, columns: kind.columns },
      write: (sink) => this.transactions.read((tx) => kind.write(tx, days, sink)),
    });
  }
}
