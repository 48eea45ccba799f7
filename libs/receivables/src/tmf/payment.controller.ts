import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import {
  Hrefs,
  IdempotencyKey,
  jsonNumber,
  Roles,
  selectFields,
  sendJson,
  sendTmfList,
} from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { PostingService } from '../posting.service';
import { CreditService } from '../settlement/credit.service';
import { PaymentReading } from './payment-reading.service';
import { paymentResource, paymentRoot, readPayment, readRefund, refundResource } from './payment-resource';

type RawQuery = Record<string, unknown>;
/** Attributes that TMF676 requires, whatever `fields` asks for. */
const required = ['account', 'paymentMethod'];

/** TMF676 Payment Management v4: payments and refunds. */
@Controller(paymentRoot)
export class PaymentController {
  constructor(
    private readonly reading: PaymentReading,
    private readonly posting: PostingService,
    private readonly credits: CreditService,
  ) {}

  /** Takes a payment: its items are bills that it pays first. */
  @Roles('counter', 'partner')
  @Post('payment')
  async pay(
    @Body() body: unknown,
    @IdempotencyKey() key: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { paymentId } = await this.posting.recordPayment(readPayment(body), key);
    const { payment, paid } = await this.reading.payment(paymentId);
    await sendJson(reply, paymentResource(payment, paid, { number: jsonNumber, hrefOf }), 201);
  }

  /** Newest first; `account.id` narrows. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('payment')
  async payments(
    @Query() query: RawQuery,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'account.id', required },
      read: async (accountId, page) => {
        const { payments, total } = await this.reading.payments(accountId, page);
        const resources = payments.map(({ payment, paid }) =>
          paymentResource(payment, paid, { number: jsonNumber, hrefOf }),
        );
        return { resources, total };
      },
    });
  }

  /** @throws DomainError `payment_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('payment/:id')
  async payment(
    @Param('id') id: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { payment, paid } = await this.reading.payment(id);
    const resource = paymentResource(payment, paid, { number: jsonNumber, hrefOf });
    await sendJson(reply, selectFields(resource, fields, required));
  }

  /** Pays credit out, or gives a payment back. */
  @Roles('counter', 'billing')
  @Post('refund')
  async refund(
    @Body() body: unknown,
    @IdempotencyKey() key: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refund = await this.credits.refund(readRefund(body), key);
    await sendJson(reply, refundResource(refund, { number: jsonNumber, hrefOf }), 201);
  }

  /** Newest first; `account.id` narrows. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('refund')
  async refunds(
    @Query() query: RawQuery,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfList(reply, {
      ...{ query, narrowedBy: 'account.id', required },
      read: async (accountId, page) => {
        const { refunds, total } = await this.reading.refunds(accountId, page);
        return {
          resources: refunds.map((each) => refundResource(each, { number: jsonNumber, hrefOf })),
          total,
        };
      },
    });
  }

  /** @throws DomainError `refund_not_found`. */
  @Roles('counter', 'billing', 'operations', 'partner')
  @Get('refund/:id')
  async oneRefund(
    @Param('id') id: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const resource = refundResource(await this.reading.refund(id), { number: jsonNumber, hrefOf });
    await sendJson(reply, selectFields(resource, fields, required));
  }
}
