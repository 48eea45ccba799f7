import { Controller, Get, Query, Res } from '@nestjs/common';
import { reportDays, reportFormat, Roles, sendReport, Transactions } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { journalColumns, writeJournal } from './journal-export.store';
import {
  agingColumns,
  deferredColumns,
  trialBalanceColumns,
  writeAging,
  writeDeferred,
  writeTrialBalance,
} from './ledger-report.store';

type ReportQuery = Record<string, unknown>;

/** Reports of the ledger: `from` and `to` are days, both included; each is read in one snapshot. */
@Controller('reports')
export class LedgerReportController {
  constructor(private readonly transactions: Transactions) {}

  /** The general-ledger export. */
  @Roles('billing', 'operations')
  @Get('journal')
  async journal(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    const days = reportDays(query);
    await sendReport(reply, reportFormat(query), {
      ...{ name: 'journal', days, columns: journalColumns },
      write: (sink) => this.transactions.read((tx) => writeJournal(tx, days, sink)),
    });
  }

  @Roles('billing', 'operations')
  @Get('trial-balance')
  async trialBalance(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    const days = reportDays(query);
    await sendReport(reply, reportFormat(query), {
      ...{ name: 'trial-balance', days, columns: trialBalanceColumns },
      write: (sink) => this.transactions.read((tx) => writeTrialBalance(tx, days, sink)),
    });
  }

  @Roles('billing', 'operations')
  @Get('deferred')
  async deferred(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    const days = reportDays(query);
    await sendReport(reply, reportFormat(query), {
      ...{ name: 'deferred', days, columns: deferredColumns },
      write: (sink) => this.transactions.read((tx) => writeDeferred(tx, days, sink)),
    });
  }

  /** As of now. */
  @Roles('billing', 'operations')
  @Get('aging')
  async aging(@Query() query: ReportQuery, @Res() reply: FastifyReply): Promise<void> {
    await sendReport(reply, reportFormat(query), {
      ...{ name: 'aging', days: null, columns: agingColumns },
      write: (sink) => this.transactions.read((tx) => writeAging(tx, sink)),
    });
  }
}
