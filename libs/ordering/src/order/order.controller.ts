import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import { Hrefs, IdempotencyKey, Roles, selectFields, sendJson, sendTmfList } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { readProductOrder } from '../tmf/read-product-order';
import { PRODUCT_ORDERS } from '../tmf/tmf-product';
import { toTmfProductOrder } from '../tmf/tmf-product-order';
import { OrderReader } from './order-reader.service';
import { OrderService } from './order.service';

/** Attributes that a ProductOrder must have, whatever `fields` asks for. */
const required = ['productOrderItem'];

/** Product ordering by the standard: TMF622 v4. */
@Controller(PRODUCT_ORDERS)
export class OrderController {
  constructor(
    private readonly service: OrderService,
    private readonly reader: OrderReader,
  ) {}

  @Roles('counter', 'partner')
  @Post()
  async create(
    @Body() body: unknown,
    @IdempotencyKey() key: string,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { orderId } = await this.service.place(readProductOrder(body), key);
    const order = await this.reader.get(orderId);
    const [items] = await this.reader.items([orderId]);
    sendJson(reply, toTmfProductOrder(order, items ?? [], hrefOf), 201);
  }

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
        const { total, orders } = await this.reader.page(customerId, page);
        return {
          resources: orders.map(({ order, items }) => toTmfProductOrder(order, items, hrefOf)),
          total,
        };
      },
    });
  }

  @Roles('counter', 'billing', 'operations', 'partner')
  @Get(':id')
  async retrieve(
    @Param('id') orderId: string,
    @Query('fields') fields: unknown,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const order = await this.reader.get(orderId);
    const [items] = await this.reader.items([orderId]);
    sendJson(reply, selectFields(toTmfProductOrder(order, items ?? [], hrefOf), fields, required));
  }
}
