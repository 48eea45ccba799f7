import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { Hrefs, IdempotencyKey, jsonNumber, Roles, sendJson, sendTmfList } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { TopUpService } from './top-up.service';
import { readTopUp, topUpBalances, topUpResource } from './topup-balance';

/** TMF654 Prepay Balance Management v4, top-ups: money enters here, where it is booked. */
@Controller(topUpBalances)
export class TopUpBalanceController {
  constructor(private readonly topUps: TopUpService) {}

  /** Takes the money that somebody was paid and grants it. The method is the payment method's name; default gateway. */
  @Roles('counter', 'partner')
  @Post()
  async create(
    @Body() body: unknown,
    @IdempotencyKey() key: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const topUp = await this.topUps.topUp(readTopUp(body), key);
    await sendJson(reply, topUpResource(topUp, { number: jsonNumber, hrefOf }), 201);
  }

  /** Newest first; `partyAccount.id` narrows. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'partyAccount.id' },
      read: async (accountId, page) => {
        const { topUps, total } = await this.topUps.page(accountId, page);
        return {
          resources: topUps.map((each) => topUpResource(each, { number: jsonNumber, hrefOf })),
          total,
        };
      },
    });
  }

  /** @throws DomainError `top_up_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get(':id')
  async retrieve(
    @Param('id') id: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendJson(reply, topUpResource(await this.topUps.get(id), { number: jsonNumber, hrefOf }));
  }
}
