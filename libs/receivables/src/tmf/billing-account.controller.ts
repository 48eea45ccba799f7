import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { Hrefs, jsonNumber, Roles, selectFields, sendJson, sendTmfList } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { billingAccountResource, billingAccounts } from './billing-account-resource';
import { PaymentReading } from './payment-reading.service';

/** Attributes that TMF666 requires, whatever `fields` asks for. */
const required = ['name', 'relatedParty'];

/** TMF666 Account Management v4, billing accounts with their balances; read only: accounts are opened by customer. */
@Controller(billingAccounts)
export class BillingAccountController {
  constructor(private readonly reading: PaymentReading) {}

  /** Newest first; `relatedParty.id` narrows to a customer's. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'relatedParty.id', required },
      read: async (customerId, page) => {
        const { accounts, total, now } = await this.reading.accounts(customerId, page);
        const writing = { number: jsonNumber, hrefOf };
        return { resources: accounts.map((each) => billingAccountResource(each, now, writing)), total };
      },
    });
  }

  /** @throws DomainError `account_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get(':id')
  async retrieve(
    @Param('id') id: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { account, now } = await this.reading.account(id);
    const resource = billingAccountResource(account, now, { number: jsonNumber, hrefOf });
    await sendJson(reply, selectFields(resource, fields, required));
  }
}
