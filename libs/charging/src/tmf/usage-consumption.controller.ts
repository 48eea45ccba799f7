import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { BusinessClock, Hrefs, jsonNumber, Roles, selectFields, sendJson } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { BalanceReader } from '../balance/balance-reader.service';
import { chargingError } from '../charging.errors';
import { MoneyService } from '../money/money.service';
import { usageConsumptionReport, usageConsumptionRoot } from './usage-consumption';

/** TMF677 Usage Consumption v4: what is used and left of an account's allowances in its present period. */
@Controller(usageConsumptionRoot)
export class UsageConsumptionController {
  constructor(
    private readonly balances: BalanceReader,
    private readonly money: MoneyService,
    private readonly clock: BusinessClock,
  ) {}

  /** A report is made as it is asked for; its id is the account's. @throws DomainError `account_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('usageConsumptionReport/:id')
  async report(
    @Param('id') accountId: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [known] = await this.money.purses([accountId]);
    if (!known) throw chargingError('account_not_found', 'no such account', { accountId });
    const [buckets] = await this.balances.ofAccounts([accountId], null);
    const writing = { number: jsonNumber, hrefOf };
    const report = usageConsumptionReport(accountId, buckets ?? [], this.clock.now(), writing);
    await sendJson(reply, selectFields(report, fields));
  }
}
