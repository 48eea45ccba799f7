import { Controller, Get, Query, Res } from '@nestjs/common';
import { reportFormat, Roles, sendReport, Transactions } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { ledgerReport, type LedgerReportName } from './ledger-reports.store';

type ReportQuery = Record<string, unknown>;

/** Reports of the ledger: `from` and `to` are days, both included; each is read in one snapshot. */
@Controller('reports')
export class LedgerReportController {
  constructor(private readonly transactions: Transactions) {}

  /** The general-ledger export. */
  @Roles('billing', 'operations')
  @Get('journal')
  journal(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send('JOURNAL', query, reply);
  }

  @Roles('billing', 'operations')
  @Get('trial-balance')
  trialBalance(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send('TRIAL_BALANCE', query, reply);
  }

  @Roles('billing', 'operations')
  @Get('deferred')
  deferred(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send('DEFERRED', query, reply);
  }

  /** As of now. */
  @Roles('billing', 'operations')
  @Get('aging')
  aging(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    return this.send('AGING', query, reply);
  }

  private async send(report: LedgerReportName, query: ReportQuery, reply: FastifyReply): Promise<void> {
    const read = ledgerReport(report, query, (work) => this.transactions.read(work));
    await sendReport(reply, reportFormat(query), read);
  }
}
