import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import {
  BusinessClock,
  Hrefs,
  IdempotencyKey,
  jsonNumber,
  Roles,
  selectFields,
  sendJson,
  sendTmfList,
  sendTmfPart,
  textParameter,
} from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { BalanceReader } from '../balance/balance-reader.service';
import { chargingError } from '../charging.errors';
import { MoneyService } from '../money/money.service';
import { Transfers } from '../money/transfer.service';
import {
  accountOfBucketId,
  accumulatedBalance,
  adjustmentResource,
  moneyBucketResource,
  objectOf,
  prepayBalanceRoot,
  readAmount,
  readReference,
  readText,
  transferResource,
  unitBucketResource,
} from './prepay-balance';

type RawQuery = Record<string, unknown>;

/** TMF654 Prepay Balance Management v4: buckets, balances, transfers and adjustments. Top-ups are at receivables. */
@Controller(prepayBalanceRoot)
export class PrepayBalanceController {
  constructor(
    private readonly balances: BalanceReader,
    private readonly money: MoneyService,
    private readonly transfers: Transfers,
    private readonly clock: BusinessClock,
  ) {}

  /** Money and allowances of the account that `partyAccount.id` names. @throws DomainError `party_account_missing`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('bucket')
  async listBuckets(
    @Query() query: RawQuery,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfPart(reply, query, await this.bucketsOf(accountOf(query), hrefOf));
  }

  /** @throws DomainError `bucket_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('bucket/:id')
  async getBucket(
    @Param('id') id: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const buckets = await this.bucketsOf(accountOfBucketId(id), hrefOf);
    const bucket = buckets.find((each) => each.id === id);
    if (!bucket) throw chargingError('bucket_not_found', 'no such bucket in the present period', { id });
    await sendJson(reply, selectFields(bucket, fields));
  }

  /** All money of an account. @throws DomainError `account_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('accumulatedBalance/:id')
  async getBalance(
    @Param('id') accountId: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [found] = await this.money.purses([accountId]);
    if (!found) throw chargingError('account_not_found', 'no such account', { accountId });
    await sendJson(reply, accumulatedBalance(found, { number: jsonNumber, hrefOf }));
  }

  /** Moves money between accounts: buckets are named by the accounts' ids. */
  @Roles('counter', 'partner')
  @Post('transferBalance')
  async transfer(
    @Body() content: unknown,
    @IdempotencyKey() key: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const body = objectOf(content);
    const request = {
      fromAccountId: readReference(body, 'bucket'),
      toAccountId: readReference(body, 'receiverBucket'),
      amount: readAmount(body),
    };
    const transfer = await this.transfers.transfer(request, key);
    await sendJson(reply, transferResource(transfer, { number: jsonNumber, hrefOf }), 201);
  }

  /** Transfers, newest first; `partyAccount.id` names the payer. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('transferBalance')
  async listTransfers(
    @Query() query: RawQuery,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'partyAccount.id' },
      read: async (payer, page) => {
        const { transfers, total } = await this.transfers.page(payer, page);
        const writing = { number: jsonNumber, hrefOf };
        return { resources: transfers.map((each) => transferResource(each, writing)), total };
      },
    });
  }

  /** @throws DomainError `transfer_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('transferBalance/:id')
  async getTransfer(
    @Param('id') id: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendJson(reply, transferResource(await this.transfers.get(id), { number: jsonNumber, hrefOf }));
  }

  /** Adds to an account's own money, or takes from it; the bucket is named by the account's id. */
  @Roles('billing')
  @Post('adjustBalance')
  async adjust(
    @Body() content: unknown,
    @IdempotencyKey() key: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const body = objectOf(content);
    const accountId = readReference(body, 'bucket');
    const reason = readText(body, 'reason');
    const { amount } = await this.money.adjust({ accountId, amount: readAmount(body), reason }, key);
    await sendJson(reply, adjustmentResource({ accountId, amount, reason }, { number: jsonNumber }), 201);
  }

  private async bucketsOf(accountId: string, hrefOf: HrefOf): Promise<{ id: string }[]> {
    const writing = { number: jsonNumber, hrefOf };
    const [[found], [units]] = await Promise.all([
      this.money.purses([accountId]),
      this.balances.ofAccounts([accountId], null),
    ]);
    const now = this.clock.now();
    return [
      ...(found?.purse.buckets ?? []).map((bucket) => moneyBucketResource(bucket, now, writing)),
      ...(units ?? []).map((bucket) => unitBucketResource(bucket, writing)),
    ];
  }
}

function accountOf(query: RawQuery): string {
  const accountId = textParameter('partyAccount.id', query['partyAccount.id']);
  if (accountId === undefined) {
    throw chargingError('party_account_missing', 'buckets are listed by account: give partyAccount.id');
  }
  return accountId;
}
